// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.item;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import neupims.api.run.CatalogKind;
import neupims.api.unit.InputException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;

/**
 * Items that plug-ins bring in their jars, in the folders that this bundle has its own in: a file
 * {@code neupims/catalog/memories/x.json} of a started bundle is the memory {@code x} for as long
 * as the bundle is started.
 */
public final class BundleItems implements MoreItems, AutoCloseable {
  private final BundleTracker<Map<CatalogKind, Map<String, URL>>> tracker;

  /** Of all bundles but the one whose context this is. */
  public BundleItems(BundleContext context) {
    tracker = new BundleTracker<>(context, Bundle.ACTIVE, new Finder(context.getBundle()));
    tracker.open();
  }

  /** Looks for items when a bundle starts. */
  private record Finder(Bundle own)
      implements BundleTrackerCustomizer<Map<CatalogKind, Map<String, URL>>> {
    @Override
    public Map<CatalogKind, Map<String, URL>> addingBundle(Bundle bundle, BundleEvent event) {
      Map<CatalogKind, Map<String, URL>> found = new HashMap<>();
      if (!bundle.equals(own)) {
        for (CatalogKind kind : CatalogKind.values()) {
          Map<String, URL> items = items(bundle, CatalogFiles.folder(kind));
          if (!items.isEmpty()) {
            found.put(kind, items);
          }
        }
      }
      return found.isEmpty() ? null : found; // Null: of no further interest.
    }

    private static Map<String, URL> items(Bundle bundle, String folder) {
      Map<String, URL> items = new HashMap<>();
      var paths = bundle.getEntryPaths(CatalogFiles.ROOT + folder);
      for (String path : paths == null ? List.<String>of() : Collections.list(paths)) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        if (file.endsWith(CatalogFiles.SUFFIX)) {
          String name = file.substring(0, file.length() - CatalogFiles.SUFFIX.length());
          items.put(name, bundle.getEntry(path));
        }
      }
      return items;
    }

    @Override
    public void modifiedBundle(
        Bundle bundle, BundleEvent event, Map<CatalogKind, Map<String, URL>> items) {}

    @Override
    public void removedBundle(
        Bundle bundle, BundleEvent event, Map<CatalogKind, Map<String, URL>> items) {}
  }

  @Override
  public List<String> names(CatalogKind kind) {
    TreeSet<String> names = new TreeSet<>();
    for (var items : tracker.getTracked().values()) {
      names.addAll(items.getOrDefault(kind, Map.of()).keySet());
    }
    return List.copyOf(names);
  }

  @Override
  public Item open(CatalogKind kind, String name) {
    List<Bundle> who = new ArrayList<>();
    URL url = null;
    for (var tracked : byAge().entrySet()) {
      URL item = tracked.getValue().getOrDefault(kind, Map.of()).get(name);
      // One of the same name and version is there for a check alone.
      if (item != null && who.stream().noneMatch(other -> isTwin(other, tracked.getKey()))) {
        who.add(tracked.getKey());
        url = item;
      }
    }
    if (who.size() != 1) {
      throw new InputException(
          "%s \"%s\": %s"
              .formatted(
                  kind.word(),
                  name,
                  who.isEmpty()
                      ? "its bundle has just gone"
                      : "more than one bundle brings it: "
                          + who.stream().map(BundleItems::label).sorted().toList()));
    }
    try {
      String where = label(who.get(0)) + ": " + CatalogFiles.folder(kind) + "/" + name + ".json";
      return new Item(where, url.openStream());
    } catch (IOException e) {
      throw new InputException(
          "cannot read %s %s of %s".formatted(kind.word(), name, label(who.get(0))), e);
    }
  }

  private Map<Bundle, Map<CatalogKind, Map<String, URL>>> byAge() {
    return new TreeMap<>(tracker.getTracked());
  }

  private static boolean isTwin(Bundle one, Bundle other) {
    return label(one).equals(label(other));
  }

  private static String label(Bundle bundle) {
    return bundle.getSymbolicName() + " " + bundle.getVersion();
  }

  @Override
  public void close() {
    tracker.close();
  }
}
