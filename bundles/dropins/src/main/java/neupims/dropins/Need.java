// SPDX-License-Identifier: Apache-2.0
package neupims.dropins;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.resource.Namespace;

/**
 * A requirement of a bundle in words.
 *
 * @param namespace OSGi namespace, for example {@code osgi.wiring.package}
 * @param name what is required, for example the package; null if the filter does not say
 * @param filter the requirement as OSGi writes it; null if everything of the namespace will do
 */
record Need(String namespace, String name, String filter) {
  private static final Pattern AT_LEAST = Pattern.compile("version>?=([^)]*)\\)");
  private static final Pattern BELOW = Pattern.compile("\\(!\\([a-z-]*version>=([^)]*)\\)\\)");

  static Need of(BundleRequirement requirement) {
    String filter = requirement.getDirectives().get(Namespace.REQUIREMENT_FILTER_DIRECTIVE);
    String namespace = requirement.getNamespace();
    Pattern named = Pattern.compile("\\(" + Pattern.quote(namespace) + "=([^)]*)\\)");
    return new Need(namespace, find(named, filter), filter);
  }

  /** Whether an offer is what is required, apart from its version and other attributes. */
  boolean isSameThing(BundleCapability offer) {
    return offer.getNamespace().equals(namespace)
        && name != null
        && name.equals(offer.getAttributes().get(namespace));
  }

  /** The version of an offer, as far as its namespace has one. */
  String version(BundleCapability offer) {
    String attribute =
        namespace.equals(BundleNamespace.BUNDLE_NAMESPACE)
            ? BundleNamespace.CAPABILITY_BUNDLE_VERSION_ATTRIBUTE
            : PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE;
    Object version = offer.getAttributes().get(attribute);
    if (version instanceof List<?> versions) {
      // The execution environment lists all that it is compatible with, the newest last.
      return String.valueOf(versions.get(versions.size() - 1));
    }
    return version == null ? "one without a version" : version.toString();
  }

  boolean isOfTheApi() {
    return namespace.equals(PackageNamespace.PACKAGE_NAMESPACE)
        && name != null
        && name.startsWith("neupims.api.");
  }

  /** Whether the lowest version that will do is above a given one. */
  boolean wantsNewerThan(String version) {
    String from = find(AT_LEAST, filter);
    return from != null && Version.parseVersion(from).compareTo(Version.parseVersion(version)) > 0;
  }

  @Override
  public String toString() {
    if (name == null) {
      return "capability " + namespace + (filter == null ? "" : " " + filter);
    }
    return switch (namespace) {
      case PackageNamespace.PACKAGE_NAMESPACE -> "package " + name + range();
      case BundleNamespace.BUNDLE_NAMESPACE -> "bundle " + name + range();
      case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE -> name + range();
      default -> "capability " + namespace + " " + filter;
    };
  }

  private String range() {
    String from = find(AT_LEAST, filter);
    String to = find(BELOW, filter);
    if (from == null) {
      return "";
    }
    return to == null ? " " + from + " or later" : " [" + from + "," + to + ")";
  }

  private static String find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text == null ? "" : text);
    return matcher.find() ? matcher.group(1) : null;
  }
}
