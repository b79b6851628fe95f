// SPDX-License-Identifier: Apache-2.0
package neupims.dropins;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Namespace;

/** Finds out what an unresolved bundle lacks. */
final class Unresolved {
  private final List<BundleCapability> offers;
  private final List<BundleRequirement> needs;

  private Unresolved(Bundle bundle, Bundle... all) {
    offers =
        Stream.of(all)
            .map(b -> b.adapt(BundleRevision.class))
            .flatMap(revision -> revision.getDeclaredCapabilities(null).stream())
            .toList();
    needs =
        bundle.adapt(BundleRevision.class).getDeclaredRequirements(null).stream()
            .filter(Unresolved::isMandatory)
            .toList();
  }

  /**
   * Names each missing package or capability and the versions of it that are there; when nothing is
   * missing, the unresolved bundles that it waits for. Empty if it is neither (two bundles that
   * disagree about a third, say), which only the framework's resolver can explain.
   */
  static Optional<String> explain(Bundle bundle, Bundle... all) {
    Unresolved unresolved = new Unresolved(bundle, all);
    return unresolved
        .list(need -> unresolved.matches(need).isEmpty(), unresolved::missing)
        .or(() -> unresolved.list(unresolved::isBlocked, unresolved::blocked));
  }

  private Optional<String> list(
      Predicate<BundleRequirement> which, Function<BundleRequirement, String> words) {
    return needs.stream()
        .filter(which)
        .map(words)
        .distinct()
        .reduce((a, b) -> a + "; " + b)
        .map(text -> "does not resolve: " + text + remedy(which));
  }

  /** What to do when it is the API that does not fit. */
  private String remedy(Predicate<BundleRequirement> which) {
    for (BundleRequirement need : needs) {
      Need wanted = Need.of(need);
      if (which.test(need) && wanted.isOfTheApi()) {
        boolean newer =
            offers.stream()
                .filter(wanted::isSameThing)
                .allMatch(offer -> wanted.wantsNewerThan(wanted.version(offer)));
        return newer
            ? ": it is built for a newer API; run it with a newer NeuPIMs Lab, or build it with the"
                + " API of this one"
            : ": it is built for an older API; build it again with the API of this NeuPIMs Lab";
      }
    }
    return "";
  }

  private String missing(BundleRequirement need) {
    Need wanted = Need.of(need);
    String others =
        offers.stream()
            .filter(wanted::isSameThing)
            .map(offer -> wanted.version(offer) + " (" + owner(offer) + ")")
            .distinct()
            .collect(Collectors.joining(", "));
    return "needs "
        + wanted
        + (others.isEmpty() ? ", which no bundle offers" : "; there is " + others);
  }

  private String blocked(BundleRequirement need) {
    String owners =
        matches(need).stream().map(Unresolved::owner).distinct().collect(Collectors.joining(", "));
    return "needs " + Need.of(need) + " of " + owners + ", which does not resolve either";
  }

  private boolean isBlocked(BundleRequirement need) {
    return matches(need).stream()
        .allMatch(offer -> offer.getRevision().getBundle().getState() == Bundle.INSTALLED);
  }

  private List<BundleCapability> matches(BundleRequirement need) {
    return offers.stream().filter(need::matches).toList();
  }

  private static String owner(BundleCapability offer) {
    Bundle bundle = offer.getRevision().getBundle();
    return bundle.getSymbolicName() + " " + bundle.getVersion();
  }

  private static boolean isMandatory(BundleRequirement need) {
    var directives = need.getDirectives();
    return Namespace.EFFECTIVE_RESOLVE.equals(
            directives.getOrDefault(
                Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE, Namespace.EFFECTIVE_RESOLVE))
        && Namespace.RESOLUTION_MANDATORY.equals(
            directives.getOrDefault(
                Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE, Namespace.RESOLUTION_MANDATORY));
  }
}
