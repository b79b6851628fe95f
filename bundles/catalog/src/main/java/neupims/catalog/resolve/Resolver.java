// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import neupims.api.run.Plugins;
import neupims.api.unit.ParameterSpec;
import neupims.catalog.item.ItemReader;
import neupims.catalog.schema.Binder;
import neupims.catalog.schema.KeyTable;
import neupims.catalog.schema.ParameterKeys;
import neupims.catalog.schema.Schema;
import neupims.catalog.schema.UnknownKeys;
import neupims.catalog.value.Leaf;
import neupims.catalog.value.Origin;
import neupims.catalog.value.Values;

/**
 * Resolves layers in three rounds, whatever order they are given in: names choose the files,
 * reference options change the files' values, single values change both.
 */
final class Resolver {
  private final ItemReader items;
  private final PluginNames plugins;
  private final SwapKeys swapKeys;
  private final KeyTable table;

  Resolver(ItemReader items, Plugins plugins, KeyTable table) {
    this.items = items;
    this.plugins = new PluginNames(plugins);
    swapKeys = new SwapKeys(this.plugins);
    this.table = table;
  }

  /**
   * A value for every key of a record class.
   *
   * @param root the class
   * @param defaults below everything
   * @param given by the user, lowest first
   * @throws neupims.api.unit.InputException if anything given is not right
   */
  Resolution resolve(Class<?> root, Values defaults, List<Values> given) {
    List<Values> all = new ArrayList<>(List.of(defaults));
    all.addAll(given);
    WorkloadKeys workload = new WorkloadKeys(plugins);
    List<Values> known = new HardwareKeys(items).withoutOthers(workload.withoutOthers(all));
    Layers layers = new Layers(known.subList(1, known.size()));
    Parts parts = Parts.read(new Schema(root, table, List.of()), items, layers, defaults);
    ReferenceSwitches reference = new ReferenceSwitches(parts.inOrder(), layers);
    Values values = known.get(0).copy();
    values.putAll(parts.values());
    values.putAll(reference.values());
    layers
        .flat()
        .forEach(
            (path, leaf) -> {
              if (!ReferenceSwitches.isSwitch(path)) {
                values.put(path, leaf);
              }
            });
    Schema schema = new Schema(root, table, parameters(values));
    UnknownKeys.refuse(values, schema);
    plugins.check(values);
    Binder binder = new Binder(schema, values, path -> owner(path, parts, values));
    return new Resolution(schema, values, reference.switches(), binder, List.of(), List.of());
  }

  /** Who should have given a key path: for one of the workload whoever chose the source. */
  private static String owner(String path, Parts parts, Values values) {
    return Optional.of(path)
        .filter(p -> p.startsWith(WorkloadKeys.PREFIX))
        .flatMap(p -> values.get(PluginNames.SOURCE))
        .map(source -> source.origin().where() + ": " + path)
        .orElseGet(() -> parts.owner(path));
  }

  /**
   * What may become of a variant's policies.
   *
   * @param swaps what its file says, if anything
   */
  Resolution withSwaps(Resolution variant, Optional<SwapKeys.Given> swaps) {
    Values values = variant.values();
    return new Resolution(
        variant.schema(),
        values,
        variant.reference(),
        variant.binder(),
        swaps.map(given -> swapKeys.swaps(given, values)).orElse(List.of()),
        swapKeys.fallbacks(values));
  }

  /** The seed among values, checked. */
  long seed(Values values) {
    Schema schema = new Schema(VariantValues.class, table, List.of());
    return (Long) new Binder(schema, values, path -> path).value("seed");
  }

  /** What the plug-ins want to know; what nobody has said gets the plug-in's default. */
  private List<ParameterKeys> parameters(Values values) {
    List<ParameterKeys> keys = new ArrayList<>();
    add(keys, values, PluginNames.NPU_MODEL, "npu-model", "npu.parameters", plugins::ofNpuModel);
    add(
        keys,
        values,
        PluginNames.DEVICE_MODEL,
        "device-model",
        "accelerator.parameters",
        plugins::ofDeviceModel);
    for (String policy : PluginNames.POLICIES) {
      add(keys, values, policy, policy, policy + "Parameters", n -> plugins.ofPolicy(policy, n));
    }
    add(
        keys,
        values,
        PluginNames.SOURCE,
        "request-source",
        "workload.parameters",
        plugins::ofSource);
    return keys;
  }

  /** Those of the plug-in that a value names; a source's lie beside the keys of every source. */
  private static void add(
      List<ParameterKeys> keys,
      Values values,
      String path,
      String kind,
      String component,
      Function<Leaf, List<ParameterSpec>> specs) {
    Optional<Leaf> name = values.get(path);
    if (name.isPresent()) {
      String prefix = path.equals(PluginNames.SOURCE) ? WorkloadKeys.PREFIX : component + ".";
      ParameterKeys own = new ParameterKeys(component, prefix, specs.apply(name.get()));
      addDefaults(values, own, kind + " " + name.get().text());
      keys.add(own);
    }
  }

  /** What nobody has said of a plug-in's parameters. */
  static void addDefaults(Values values, ParameterKeys keys, String plugin) {
    for (ParameterSpec spec : keys.specs()) {
      String path = keys.prefix() + spec.name();
      if (values.get(path).isEmpty() && spec.defaultValue().isPresent()) {
        values.put(path, byDefault(spec.defaultValue().get(), path, plugin));
      }
    }
  }

  private static Leaf byDefault(Object value, String path, String plugin) {
    return new Leaf(
        value instanceof Boolean ? Leaf.Kind.BOOLEAN : Leaf.Kind.NUMBER,
        value.toString(),
        path,
        Origin.of(plugin));
  }
}
