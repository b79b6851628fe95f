// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.platform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.NpuSpec;
import neupims.api.run.Catalog;
import neupims.api.run.CatalogKind;
import neupims.api.run.PluginKind;
import neupims.api.unit.InputException;
import neupims.api.unit.ParameterSpec;
import neupims.api.unit.Parameters;
import neupims.api.workload.RequestSource;
import neupims.conformance.Contracts;
import neupims.conformance.Property;

/** The properties of a registered plug-in's kind, tried on the catalog's data besides samples. */
final class KindProperties {
  private final Catalog catalog;

  KindProperties(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * The properties; none for a kind that has no contract.
   *
   * @param plugin gives the plug-in
   * @param values of parameters that have no default
   */
  @SuppressWarnings("unchecked") // Each list is of its kind.
  <T> List<Property<T>> of(
      PluginKind<T> kind, String name, Supplier<T> plugin, Map<String, String> values) {
    return (List<Property<T>>) (List<?>) listOf(kind, name, plugin.get(), values);
  }

  private List<?> listOf(
      PluginKind<?> kind, String name, Object plugin, Map<String, String> given) {
    return switch (kind.word()) {
      case "scheduler" -> Contracts.scheduler(Map.of());
      case "placement" -> Contracts.placement();
      case "split" -> Contracts.split();
      case "router" -> Contracts.router();
      case "estimator" -> Contracts.estimator();
      case "compiler" -> Contracts.compiler();
      case "npu-model" -> Contracts.npu(npus(name));
      case "memory-model" -> Contracts.memory(memories(name));
      case "device-model" -> Contracts.device(List.of());
      case "interconnect" -> Contracts.interconnect();
      case "request-source" -> source((RequestSource) plugin, given);
      default -> List.of();
    };
  }

  private static List<Property<RequestSource>> source(
      RequestSource source, Map<String, String> given) {
    Map<String, Object> values = new HashMap<>();
    for (ParameterSpec spec : source.parameters()) {
      String value = given.get(spec.name());
      if (value != null) {
        values.put(spec.name(), value(spec, value));
      } else if (spec.required() && spec.type() == ParameterSpec.Type.REAL) {
        values.put(spec.name(), Math.max(spec.min().doubleValue(), 1)); // Any will do.
      }
    }
    Parameters parameters = new Parameters(values);
    return source.drawsLengths()
        ? Contracts.drawnLengths(parameters)
        : Contracts.source(parameters);
  }

  private static Object value(ParameterSpec spec, String text) {
    try {
      return switch (spec.type()) {
        case INTEGER -> Long.valueOf(text);
        case REAL -> Double.valueOf(text);
        case FLAG -> Boolean.valueOf(text);
        case TEXT -> text;
        case FILE -> Path.of(text);
      };
    } catch (NumberFormatException e) {
      throw new InputException("--set " + spec.name() + "=" + text + ": is not a number", e);
    }
  }

  private List<MemorySpec> memories(String model) {
    Function<String, MemorySpec> read = name -> catalog.memory(name, List.of());
    return items(CatalogKind.MEMORY, read).stream().filter(m -> model.equals(m.model())).toList();
  }

  private List<NpuSpec> npus(String model) {
    Function<String, NpuSpec> read = name -> catalog.npu(name, List.of());
    return items(CatalogKind.NPU, read).stream().filter(n -> model.equals(n.model())).toList();
  }

  /** All that can be read: somebody else's broken file is not this plug-in's fault. */
  private <S> List<S> items(CatalogKind kind, Function<String, S> read) {
    List<S> items = new ArrayList<>();
    for (String name : catalog.names(kind)) {
      try {
        items.add(read.apply(name));
      } catch (InputException broken) {
        continue;
      }
    }
    return items;
  }
}
