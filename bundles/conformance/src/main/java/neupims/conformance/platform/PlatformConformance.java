// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import neupims.api.run.Catalog;
import neupims.api.run.Conformance;
import neupims.api.run.PluginCheck;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.PropertyResult;
import neupims.api.unit.InputException;
import neupims.api.unit.NeupimsName;
import neupims.conformance.Outcome;
import neupims.conformance.Property;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Checks the plug-ins of a jar in the framework that they are made for. */
@Component
public final class PlatformConformance implements Conformance {
  private final BundleContext context;
  private final KindProperties kinds;

  /** Called by Declarative Services. */
  @Activate
  public PlatformConformance(BundleContext context, @Reference Catalog catalog) {
    this.context = context;
    kinds = new KindProperties(catalog);
  }

  @Override
  public List<PluginCheck> check(Path jar, Duration limit, Map<String, String> values) {
    try (CheckedBundle checked = CheckedBundle.of(context, jar)) {
      return check(checked.bundle(), jar, limit, values);
    }
  }

  private List<PluginCheck> check(
      Bundle bundle, Path jar, Duration limit, Map<String, String> values) {
    try {
      bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
    } catch (BundleException e) {
      PropertyResult why = BundleProperties.notStarted(bundle, e, context.getBundles());
      return List.of(new PluginCheck(info("", "", bundle, ""), List.of(why)));
    }
    List<PluginCheck> checks = new ArrayList<>();
    for (PluginKind<?> kind : PluginKind.all()) {
      for (ServiceReference<?> service : servicesOf(bundle, kind)) {
        checks.add(check(kind, service, limit, values));
      }
    }
    if (checks.isEmpty()) {
      throw new InputException(
          "%s: no plug-in is in it: %s registers no service of the API with a property %s"
              .formatted(jar, bundle.getSymbolicName(), NeupimsName.PROPERTY));
    }
    return checks;
  }

  private static List<ServiceReference<?>> servicesOf(Bundle bundle, PluginKind<?> kind) {
    List<ServiceReference<?>> found = new ArrayList<>();
    ServiceReference<?>[] all = bundle.getRegisteredServices();
    for (ServiceReference<?> service : all == null ? new ServiceReference<?>[0] : all) {
      Object types = service.getProperty(Constants.OBJECTCLASS);
      boolean named = service.getProperty(NeupimsName.PROPERTY) instanceof String;
      if (named && List.of((String[]) types).contains(kind.type().getName())) {
        found.add(service);
      }
    }
    found.sort(Comparator.comparing(s -> (String) s.getProperty(NeupimsName.PROPERTY)));
    return found;
  }

  private <T> PluginCheck check(
      PluginKind<T> kind, ServiceReference<?> service, Duration limit, Map<String, String> values) {
    Bundle bundle = service.getBundle();
    String name = (String) service.getProperty(NeupimsName.PROPERTY);
    Object said = service.getProperty(Constants.SERVICE_DESCRIPTION);
    PluginInfo info = info(kind.word(), name, bundle, said == null ? "" : said.toString());
    List<PropertyResult> results = new ArrayList<>();
    results.add(BundleProperties.apiVersion(bundle));
    results.add(BundleProperties.name(kind, name, service, context));
    Instances<T> instances = new Instances<>(context, service, kind);
    PropertyResult made = instances.made(limit);
    results.add(made);
    if (made.pass()) {
      results.addAll(tried(kinds.of(kind, name, instances::first, values), instances, limit));
    }
    return new PluginCheck(info, results);
  }

  /** One after the other; a plug-in that hangs once is not tried again. */
  private static <T> List<PropertyResult> tried(
      List<Property<T>> properties, Supplier<T> instances, Duration limit) {
    List<PropertyResult> results = new ArrayList<>();
    String hangs = null;
    for (Property<T> property : properties) {
      if (hangs != null) {
        String why = "the plug-in hangs, see " + hangs;
        results.add(new PropertyResult(property.name(), false, false, why));
        continue;
      }
      Outcome outcome = property.test(instances, limit);
      results.add(result(outcome));
      hangs = outcome.end() == Outcome.End.HANGS ? property.name() : null;
    }
    return results;
  }

  static PropertyResult result(Outcome outcome) {
    boolean tried = outcome.end() != Outcome.End.UNTRIED;
    return new PropertyResult(outcome.name(), outcome.pass(), tried, outcome.detail());
  }

  private static PluginInfo info(String kind, String name, Bundle bundle, String description) {
    return new PluginInfo(
        kind, name, bundle.getSymbolicName(), bundle.getVersion().toString(), description);
  }
}
