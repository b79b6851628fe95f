// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.platform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import neupims.api.run.PluginKind;
import neupims.api.run.PropertyResult;
import neupims.api.unit.NeupimsName;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** What every plug-in's bundle must do, whatever the kind. */
final class BundleProperties {
  private static final String API_VERSION = "API version";
  private static final String API = "neupims.api.";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Pattern PACKAGE = Pattern.compile("osgi\\.wiring\\.package=([\\w.]+)");
  private static final Pattern RANGE = Pattern.compile("version>?=([\\w.]+)");

  private BundleProperties() {}

  /** Why a bundle does not start: first of all whether it is made for another API. */
  static PropertyResult notStarted(Bundle bundle, BundleException failure, Bundle... all) {
    if (bundle.getState() == Bundle.INSTALLED) {
      for (BundleRequirement wanted : packages(bundle)) {
        String missing = missing(wanted, all);
        if (missing != null) {
          boolean api = missing.startsWith(API);
          return new PropertyResult(api ? API_VERSION : "packages", false, missing);
        }
      }
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new PropertyResult("starts", false, String.valueOf(root).replaceAll("\\s+", " "));
  }

  private static Collection<BundleRequirement> packages(Bundle bundle) {
    return bundle
        .adapt(BundleRevision.class)
        .getDeclaredRequirements(PackageNamespace.PACKAGE_NAMESPACE);
  }

  /** What lacks of a package, or null. */
  private static String missing(BundleRequirement wanted, Bundle... all) {
    String filter = wanted.getDirectives().getOrDefault("filter", "");
    Matcher name = PACKAGE.matcher(filter);
    if (!name.find() || "optional".equals(wanted.getDirectives().get("resolution"))) {
      return null;
    }
    TreeSet<String> versions = new TreeSet<>();
    for (Bundle other : all) {
      BundleRevision revision = other.adapt(BundleRevision.class);
      if (revision == null) {
        continue;
      }
      for (BundleCapability offered :
          revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE)) {
        if (wanted.matches(offered)) {
          return null;
        }
        Object offeredName = offered.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE);
        if (name.group(1).equals(offeredName)) {
          versions.add(String.valueOf(offered.getAttributes().get("version")));
        }
      }
    }
    String there = versions.isEmpty() ? "nobody has it" : "here is " + String.join(", ", versions);
    return "%s is wanted %s, %s".formatted(name.group(1), range(filter), there);
  }

  private static String range(String filter) {
    List<String> bounds = new ArrayList<>();
    Matcher bound = RANGE.matcher(filter);
    while (bound.find()) {
      boolean below = filter.startsWith("(!(", Math.max(0, bound.start() - 3));
      bounds.add((below ? "under " : "from ") + bound.group(1));
    }
    return bounds.isEmpty() ? "in any version" : "in a version " + String.join(" and ", bounds);
  }

  /** The packages of the API that a bundle is wired to. */
  static PropertyResult apiVersion(Bundle bundle) {
    TreeSet<String> wired = new TreeSet<>();
    for (BundleWire wire :
        bundle.adapt(BundleWiring.class).getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE)) {
      Object name = wire.getCapability().getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE);
      if (name.toString().startsWith(API)) {
        wired.add(name + " " + wire.getCapability().getAttributes().get("version"));
      }
    }
    boolean pass = !wired.isEmpty();
    String none = "imports no package of the API; is one inside the jar?";
    return new PropertyResult(API_VERSION, pass, pass ? String.join(", ", wired) : none);
  }

  /** Whether a name can be used, and is not somebody else's. */
  static PropertyResult name(
      PluginKind<?> kind, String name, ServiceReference<?> service, BundleContext context) {
    String word = "name";
    if (!NAME.matcher(name).matches()) {
      return new PropertyResult(
          word, false, "\"%s\": not lower-case words joined by hyphens".formatted(name));
    }
    try {
      String filter = "(" + NeupimsName.PROPERTY + "=" + name + ")";
      ServiceReference<?>[] all = context.getAllServiceReferences(kind.type().getName(), filter);
      for (ServiceReference<?> other : all == null ? new ServiceReference<?>[0] : all) {
        Bundle taken = other.getBundle();
        // Another version of the bundle itself, which this one would replace, is no rival.
        boolean own = taken.getSymbolicName().equals(service.getBundle().getSymbolicName());
        if (!other.equals(service) && !own) {
          return new PropertyResult(
              word,
              false,
              "%s is the name of a %s of %s %s, too"
                  .formatted(name, kind.word(), taken.getSymbolicName(), taken.getVersion()));
        }
      }
    } catch (InvalidSyntaxException impossible) {
      throw new IllegalStateException(Arrays.toString(service.getPropertyKeys()), impossible);
    }
    return new PropertyResult(word, true, name);
  }
}
