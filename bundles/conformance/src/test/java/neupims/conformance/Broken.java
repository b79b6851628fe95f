// SPDX-License-Identifier: Apache-2.0
package neupims.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Plug-ins that break a contract, a property each, to prove that every property can fail. */
public final class Broken<T> {
  private final Map<String, Supplier<T>> byProperty = new LinkedHashMap<>();
  private final Map<String, String> said = new LinkedHashMap<>();

  /** A plug-in that breaks a property, and a part of what is said of it. */
  public Broken<T> add(String property, String detail, Supplier<T> plugin) {
    byProperty.put(property, plugin);
    said.put(property, detail);
    return this;
  }

  /** Demands that each breaks its property, and that no property is without one. */
  public void assertEachIsFound(Supplier<List<Property<T>>> properties) {
    List<String> names = properties.get().stream().map(Property::name).toList();
    assertEquals(names, List.copyOf(byProperty.keySet()), "a broken plug-in for each property");
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Property<T> property = properties.get().get(i);
      Outcome outcome = property.test(byProperty.get(name), Duration.ofSeconds(60));
      assertFalse(outcome.pass(), name + " holds: " + outcome.detail());
      assertTrue(outcome.detail().contains(said.get(name)), name + " said: " + outcome.detail());
    }
  }

  /** Demands that a plug-in keeps to all properties. */
  public static <T> void assertHold(List<Property<T>> properties, Supplier<T> plugin) {
    for (Property<T> property : properties) {
      Outcome outcome = property.test(plugin, Duration.ofSeconds(60));
      assertTrue(outcome.pass(), property.name() + ": " + outcome.detail());
    }
  }
}
