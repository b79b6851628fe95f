// SPDX-License-Identifier: Apache-2.0
package neupims.dropins;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.unit.NeupimsName;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Namespace;

/** Looks at the services of a running bundle, and at those that it should have. */
final class Offers {
  private static final String API = "neupims.api.";

  private final BundleContext context;
  private final Components components;
  private final Patience patience;

  /** Services, by id, that nobody is to wait for again. */
  private final Map<Object, String> hung = new ConcurrentHashMap<>();

  Offers(BundleContext context, Components components, Patience patience) {
    this.context = context;
    this.components = components;
    this.patience = patience;
  }

  /** Adds what a bundle offers, what is wrong with that, and what its author should know. */
  void inspect(Bundle bundle, List<PluginInfo> plugins, List<String> faults, List<String> notes) {
    boolean offers = false;
    boolean hangs = false;
    List<String> absent = new ArrayList<>();
    for (ServiceReference<?> reference : registered(bundle)) {
      for (PluginKind<?> kind : PluginKind.all()) {
        if (isOf(kind, reference)) {
          offers = true;
          inspect(kind, reference, plugins, faults, notes, absent);
        }
      }
      hangs |= hung.containsKey(reference.getProperty(Constants.SERVICE_ID));
    }
    // A constructor that is interrupted for hanging may fail before or after this look at it.
    List<String> unmade = hangs ? List.of() : components.faults(bundle);
    faults.addAll(unmade.isEmpty() ? absent : unmade);
    if (!offers && faults.isEmpty() && !isLibrary(bundle)) {
      faults.add("registers no plug-in: " + reason(bundle));
    }
  }

  private void inspect(
      PluginKind<?> kind,
      ServiceReference<?> reference,
      List<PluginInfo> plugins,
      List<String> faults,
      List<String> notes,
      List<String> absent) {
    if (!reference.isAssignableTo(context.getBundle(), kind.type().getName())) {
      faults.add(
          "its %s implements another %s than the platform's: leave the API's classes out of the jar"
              .formatted(kind.word(), kind.type().getName()));
      return;
    }
    Object name = reference.getProperty(NeupimsName.PROPERTY);
    if (!(name instanceof String text) || text.isBlank()) {
      faults.add(
          "its %s has no %s, by which it could be selected: annotate the class with @NeupimsName"
              .formatted(kind.word(), NeupimsName.PROPERTY));
      return;
    }
    String why = why(reference);
    if (why != null) {
      absent.add("its %s %s cannot be made: %s".formatted(kind.word(), name, why));
      return;
    }
    plugins.add(info(kind, reference));
    for (ServiceReference<?> other : named(kind, text)) {
      if (other.compareTo(reference) > 0) {
        faults.add(rivalry(kind, text, "is hidden by", other, reference, other) + REMEDY);
      } else if (other.compareTo(reference) < 0) {
        notes.add(rivalry(kind, text, "hides", reference, other, other));
      }
    }
  }

  private static final String REMEDY = ": give it another name, or a higher service.ranking";

  private static String rivalry(
      PluginKind<?> kind,
      String name,
      String verb,
      ServiceReference<?> winner,
      ServiceReference<?> loser,
      ServiceReference<?> other) {
    long won = ranking(winner);
    long lost = ranking(loser);
    String reason =
        won > lost ? "has service.ranking %d over %d".formatted(won, lost) : "was there first";
    Bundle bundle = other.getBundle();
    return "its %s %s %s that of %s %s, and the one that wins %s"
        .formatted(kind.word(), name, verb, bundle.getSymbolicName(), bundle.getVersion(), reason);
  }

  /** Why there is no object behind a service; null if there is one. */
  private String why(ServiceReference<?> reference) {
    Object id = reference.getProperty(Constants.SERVICE_ID);
    if (hung.containsKey(id)) {
      return hung.get(id);
    }
    try {
      Object service = patience.call(() -> context.getService(reference));
      if (service != null) {
        return null;
      }
      return components.failure(reference).orElse("the service is null");
    } catch (TimeoutException e) {
      hung.put(id, "its constructor " + e.getMessage());
      return hung.get(id);
    } catch (Exception e) {
      return Words.cause(e);
    }
  }

  private String reason(Bundle bundle) {
    List<String> interfaces = components.interfaces(bundle);
    if (!interfaces.isEmpty()) {
      return "its components offer " + String.join(", ", interfaces) + ", no kind of plug-in";
    }
    if (bundle.getHeaders("").get(Components.HEADER) != null) {
      return "its components offer no service: a plug-in implements an interface of neupims.api";
    }
    return bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATOR) == null
        ? "its manifest has no "
            + Components.HEADER
            + ": annotate the class with @Component and build with bnd"
        : "its activator registers none";
  }

  /** What others need and nobody selects: it exports packages and knows nothing of the API. */
  private static boolean isLibrary(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return !revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE).isEmpty()
        && revision.getDeclaredRequirements(PackageNamespace.PACKAGE_NAMESPACE).stream()
            .noneMatch(Offers::isOfTheApi);
  }

  private static boolean isOfTheApi(BundleRequirement need) {
    String filter = need.getDirectives().get(Namespace.REQUIREMENT_FILTER_DIRECTIVE);
    return filter != null && filter.contains("=" + API);
  }

  private static List<ServiceReference<?>> registered(Bundle bundle) {
    ServiceReference<?>[] services = bundle.getRegisteredServices();
    return services == null ? List.of() : List.of(services);
  }

  private static boolean isOf(PluginKind<?> kind, ServiceReference<?> reference) {
    String[] types = (String[]) reference.getProperty(Constants.OBJECTCLASS);
    return Arrays.asList(types).contains(kind.type().getName());
  }

  private <T> Collection<ServiceReference<T>> named(PluginKind<T> kind, String name) {
    try {
      return context.getServiceReferences(kind.type(), null).stream()
          .filter(reference -> name.equals(reference.getProperty(NeupimsName.PROPERTY)))
          .toList();
    } catch (InvalidSyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static long ranking(ServiceReference<?> reference) {
    return reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer given ? given : 0;
  }

  private static PluginInfo info(PluginKind<?> kind, ServiceReference<?> reference) {
    return new PluginInfo(
        kind.word(),
        (String) reference.getProperty(NeupimsName.PROPERTY),
        reference.getBundle().getSymbolicName(),
        reference.getBundle().getVersion().toString(),
        Optional.ofNullable(reference.getProperty(Constants.SERVICE_DESCRIPTION))
            .map(Objects::toString)
            .orElse(""));
  }
}
