// SPDX-License-Identifier: Apache-2.0
package neupims.engine.plugins;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import neupims.api.run.Plugin;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.Plugins;
import neupims.api.unit.InputException;
import neupims.api.unit.NearestName;
import neupims.api.unit.NeupimsName;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Looks plug-ins up in the service registry at each call, so that it never holds a stale one, and
 * counts its changes. A service that is about to go is gone already for whoever hears of the change
 * while the registry still has it.
 */
@Component
public final class RegisteredPlugins implements Plugins {
  private final BundleContext context;
  private final BundleContents contents = new BundleContents();
  private final AtomicLong changes = new AtomicLong();
  private final Set<ServiceReference<?>> leaving = ConcurrentHashMap.newKeySet();
  private final ServiceListener listener = this::changed;

  /** Called by Declarative Services. */
  @Activate
  public RegisteredPlugins(BundleContext context) throws InvalidSyntaxException {
    this.context = context;
    String kinds =
        PluginKind.all().stream()
            .map(kind -> "(%s=%s)".formatted(Constants.OBJECTCLASS, kind.type().getName()))
            .collect(Collectors.joining());
    context.addServiceListener(listener, "(|" + kinds + ")");
  }

  /** Called by Declarative Services. */
  @Deactivate
  public void deactivate() {
    context.removeServiceListener(listener);
  }

  private void changed(ServiceEvent event) {
    if (event.getType() == ServiceEvent.UNREGISTERING) {
      // Those of earlier events have left the registry by now, or are leaving in other threads.
      leaving.removeIf(reference -> reference.getBundle() == null);
      leaving.add(event.getServiceReference());
      LeavingClasses.load(event.getServiceReference(), context.getBundle());
    }
    changes.incrementAndGet();
  }

  @Override
  public long changes() {
    return changes.get();
  }

  @Override
  public String content(PluginInfo plugin) {
    for (Bundle bundle : context.getBundles()) {
      if (plugin.bundle().equals(bundle.getSymbolicName())
          && plugin.version().equals(bundle.getVersion().toString())) {
        return contents.of(bundle);
      }
    }
    return "";
  }

  @Override
  public List<String> engine() {
    return contents.closure(context.getBundle());
  }

  @Override
  public List<PluginInfo> list() {
    List<PluginInfo> all = new ArrayList<>();
    for (PluginKind<?> kind : PluginKind.all()) {
      all.addAll(known(kind));
    }
    return all;
  }

  @Override
  public <T> Plugin<T> select(PluginKind<T> kind, String name) {
    return find(kind, name, Optional.empty()).orElseThrow(() -> unknown(kind, name));
  }

  @Override
  public <T> Optional<Plugin<T>> find(PluginKind<T> kind, String name, Optional<String> version) {
    return references(kind).stream()
        .filter(reference -> name.equals(reference.getProperty(NeupimsName.PROPERTY)))
        .filter(reference -> version.isEmpty() || version.get().equals(version(reference)))
        .max(ServiceReference::compareTo)
        .flatMap(reference -> bind(kind, reference));
  }

  /** Empty when its bundle has just gone. */
  private static String version(ServiceReference<?> reference) {
    Bundle bundle = reference.getBundle();
    return bundle == null ? "" : bundle.getVersion().toString();
  }

  private <T> Optional<Plugin<T>> bind(PluginKind<T> kind, ServiceReference<T> reference) {
    T service = context.getService(reference);
    return service == null || reference.getBundle() == null
        ? Optional.empty()
        : Optional.of(new Plugin<>(info(kind, reference), service));
  }

  private InputException unknown(PluginKind<?> kind, String name) {
    List<PluginInfo> known = known(kind);
    String list =
        known.stream()
            .map(p -> "%s (%s %s)".formatted(p.name(), p.bundle(), p.version()))
            .collect(Collectors.joining(", "));
    List<String> names = known.stream().map(PluginInfo::name).toList();
    if (names.contains(name)) {
      PluginInfo unmade = known.get(names.indexOf(name));
      return new InputException(
          "%s \"%s\" of %s %s cannot be made; \"list\" says why"
              .formatted(kind.word(), name, unmade.bundle(), unmade.version()));
    }
    return new InputException(
        "unknown %s \"%s\"; known: %s%s"
            .formatted(
                kind.word(), name, list.isEmpty() ? "none" : list, NearestName.hint(name, names)));
  }

  /** One entry per name: of several services of one name the one that a selection would get. */
  private <T> List<PluginInfo> known(PluginKind<T> kind) {
    TreeMap<String, ServiceReference<T>> byName = new TreeMap<>();
    for (ServiceReference<T> reference : references(kind)) {
      if (reference.getProperty(NeupimsName.PROPERTY) instanceof String name) {
        byName.merge(name, reference, (a, b) -> a.compareTo(b) > 0 ? a : b);
      }
    }
    return byName.values().stream().map(reference -> info(kind, reference)).toList();
  }

  private <T> Collection<ServiceReference<T>> references(PluginKind<T> kind) {
    try {
      return context.getServiceReferences(kind.type(), null).stream()
          .filter(reference -> reference.getBundle() != null && !leaving.contains(reference))
          .toList();
    } catch (InvalidSyntaxException impossible) {
      return Collections.emptyList();
    }
  }

  private static PluginInfo info(PluginKind<?> kind, ServiceReference<?> reference) {
    return new PluginInfo(
        kind.word(),
        (String) reference.getProperty(NeupimsName.PROPERTY),
        reference.getBundle().getSymbolicName(),
        reference.getBundle().getVersion().toString(),
        Objects.toString(reference.getProperty(Constants.SERVICE_DESCRIPTION), ""));
  }
}
