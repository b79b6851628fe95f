// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import java.util.List;
import java.util.Optional;
import neupims.api.run.Plugins;
import neupims.api.unit.ParameterSpec;
import neupims.catalog.item.ItemReader;
import neupims.catalog.schema.Binder;
import neupims.catalog.schema.KeyTable;
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
  private static final String PARAMETERS = "npu.parameters.";

  private final ItemReader items;
  private final PluginNames plugins;
  private final KeyTable table;

  Resolver(ItemReader items, Plugins plugins, KeyTable table) {
    this.items = items;
    this.plugins = new PluginNames(plugins);
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
    Layers layers = new Layers(given);
    Parts parts = Parts.read(new Schema(root, table, List.of()), items, layers, defaults);
    ReferenceSwitches reference = new ReferenceSwitches(parts.inOrder(), layers);
    Values values = defaults.copy();
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
    Binder binder = new Binder(schema, values, parts::owner);
    return new Resolution(schema, values, reference.switches(), binder);
  }

  /** The seed among values, checked. */
  long seed(Values values) {
    Schema schema = new Schema(VariantValues.class, table, List.of());
    return (Long) new Binder(schema, values, path -> path).value("seed");
  }

  /** What the NPU's model wants to know; what nobody has said gets the model's default. */
  private List<ParameterSpec> parameters(Values values) {
    Optional<Leaf> model = values.get(PluginNames.NPU_MODEL);
    List<ParameterSpec> specs = model.map(plugins::parameters).orElse(List.of());
    for (ParameterSpec spec : specs) {
      String path = PARAMETERS + spec.name();
      if (values.get(path).isEmpty()) {
        values.put(path, byDefault(spec, path, model.orElseThrow().text()));
      }
    }
    return specs;
  }

  private static Leaf byDefault(ParameterSpec spec, String path, String model) {
    return new Leaf(
        spec.defaultValue() instanceof Boolean ? Leaf.Kind.BOOLEAN : Leaf.Kind.NUMBER,
        spec.defaultValue().toString(),
        path,
        Origin.of("npu-model " + model));
  }
}
