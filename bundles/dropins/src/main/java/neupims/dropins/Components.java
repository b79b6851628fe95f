// SPDX-License-Identifier: Apache-2.0
package neupims.dropins;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** What Declarative Services knows of a bundle's components that offer no service (yet). */
final class Components {
  static final String HEADER = "Service-Component";

  private final ServiceComponentRuntime runtime;

  /**
   * Components as a runtime sees them.
   *
   * @param runtime null where there is none
   */
  Components(ServiceComponentRuntime runtime) {
    this.runtime = runtime;
  }

  /** Why components of a bundle do not register their services, a clause each. */
  List<String> faults(Bundle bundle) {
    List<String> faults = new ArrayList<>(missingFiles(bundle));
    Collection<ComponentDescriptionDTO> described = described(bundle);
    if (faults.isEmpty() && described.isEmpty() && header(bundle) != null) {
      faults.add("its component descriptions (" + header(bundle) + ") cannot be read");
    }
    described.forEach(component -> faults.addAll(faults(component)));
    return faults;
  }

  /** Interfaces that the bundle's components offer. */
  List<String> interfaces(Bundle bundle) {
    return described(bundle).stream().flatMap(c -> Stream.of(c.serviceInterfaces)).toList();
  }

  /** Why the component behind a service could not be made, if it is known. */
  Optional<String> failure(ServiceReference<?> reference) {
    Object id = reference.getProperty("component.id");
    return described(reference.getBundle()).stream()
        .flatMap(component -> runtime.getComponentConfigurationDTOs(component).stream())
        .filter(made -> id instanceof Long && made.id == (Long) id && made.failure != null)
        .map(made -> innermost(made.failure))
        .findFirst();
  }

  private List<String> faults(ComponentDescriptionDTO component) {
    String name = "component " + component.implementationClass;
    Collection<ComponentConfigurationDTO> made = runtime.getComponentConfigurationDTOs(component);
    if (made.isEmpty()) {
      return component.defaultEnabled ? List.of() : List.of(name + " is disabled");
    }
    return made.stream()
        .flatMap(
            configuration ->
                switch (configuration.state) {
                  case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
                      Stream.of(
                          name
                              + " requires a configuration "
                              + String.join(", ", component.configurationPid)
                              + ", and nothing here brings one");
                  case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                      Stream.of(name + " waits for " + missing(component, configuration));
                  case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                      Stream.of(name + " cannot be made: " + innermost(configuration.failure));
                  default -> Stream.empty();
                })
        .toList();
  }

  private static String missing(
      ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
    return Stream.of(configuration.unsatisfiedReferences)
        .map(missing -> missing(component, missing))
        .collect(Collectors.joining(", "));
  }

  private static String missing(
      ComponentDescriptionDTO component, UnsatisfiedReferenceDTO missing) {
    String type =
        Stream.of(component.references)
            .filter(reference -> reference.name.equals(missing.name))
            .map((ReferenceDTO reference) -> reference.interfaceName)
            .findFirst()
            .orElse("?");
    return "a service "
        + type
        + (missing.target == null ? "" : " with " + missing.target)
        + " (its reference "
        + missing.name
        + "), which no bundle offers";
  }

  private Collection<ComponentDescriptionDTO> described(Bundle bundle) {
    return runtime == null ? List.of() : runtime.getComponentDescriptionDTOs(bundle);
  }

  private static List<String> missingFiles(Bundle bundle) {
    return Stream.of(Optional.ofNullable(header(bundle)).orElse("").split(","))
        .map(String::trim)
        .filter(name -> !name.isEmpty() && !exists(bundle, name))
        .map(
            name -> "its manifest names the component description " + name + ", which is not in it")
        .toList();
  }

  private static boolean exists(Bundle bundle, String name) {
    int slash = name.lastIndexOf('/');
    String folder = slash < 0 ? "/" : name.substring(0, slash);
    return bundle.findEntries(folder, name.substring(slash + 1), false) != null;
  }

  private static String header(Bundle bundle) {
    return bundle.getHeaders("").get(HEADER);
  }

  /** The first line of the last cause of a printed stack trace. */
  private static String innermost(String trace) {
    String last = trace.strip();
    for (String line : trace.split("\\R")) {
      if (line.startsWith("Caused by: ")) {
        last = line.substring("Caused by: ".length());
      }
    }
    return last.split("\\R")[0].strip();
  }
}
