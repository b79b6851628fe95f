// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import neupims.api.run.PluginKind;
import neupims.api.run.PolicyChoice;
import neupims.api.run.Swap;
import neupims.api.run.Swap.Moment;
import neupims.api.unit.NearestName;
import neupims.api.unit.Parameters;
import neupims.catalog.item.CatalogFiles;
import neupims.catalog.schema.Binder;
import neupims.catalog.schema.KeyTable;
import neupims.catalog.schema.ParameterKeys;
import neupims.catalog.schema.Schema;
import neupims.catalog.schema.UnknownKeys;
import neupims.catalog.value.Leaf;
import neupims.catalog.value.Origin;
import neupims.catalog.value.Values;

/**
 * The policies that a variant may turn to: those of {@code swaps}, an array that is given as a
 * whole, and of {@code fallback}.
 */
public final class SwapKeys {
  static final String KEY = "swaps";

  /** Of an entry: what a run kept though its bundle went. */
  static final String KEPT = "kept";

  private static final String FALLBACK = "fallback.";
  private static final String PARAMETERS = "Parameters";
  private static final List<String> EVENTS =
      List.of(
          Swap.SWAP,
          Swap.START,
          Swap.UPDATED,
          Swap.LOST,
          Swap.BACK,
          Swap.FALLBACK,
          Swap.FAILED,
          Swap.TIMEOUT);

  /** The keys of an entry; it has one of the first two and one or more policies. */
  public record EntryKeys(
      long atIteration,
      double atSeconds,
      long afterCalls,
      String scheduler,
      Parameters schedulerParameters,
      String placement,
      Parameters placementParameters,
      String split,
      Parameters splitParameters,
      String estimator,
      String compiler,
      String router,
      Parameters routerParameters,
      String kept,
      String version,
      String what,
      String why) {}

  /**
   * Swaps as somebody gives them.
   *
   * @param entries should be an array of objects
   * @param written their key path for messages
   * @param origin who gives them
   */
  record Given(JsonElement entries, String written, Origin origin) {}

  private final PluginNames plugins;
  private final KeyTable table;

  /** Those that name these plug-ins. */
  SwapKeys(PluginNames plugins) {
    this.plugins = plugins;
    table = new KeyTable(CatalogFiles.own("swap-keys.json"));
  }

  /**
   * Swaps, one for each policy.
   *
   * @param variant values of the variant, for the parameters of its own policies
   * @throws neupims.api.unit.InputException if they are not right
   */
  List<Swap> swaps(Given given, Values variant) {
    if (!(given.entries() instanceof JsonArray array)) {
      throw leaf(given, "", given.entries())
          .refuse("expected an array such as [{\"atIteration\": 500, \"scheduler\": \"sarathi\"}]");
    }
    List<Swap> swaps = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      String at = "[" + i + "]";
      if (!(array.get(i) instanceof JsonObject object)) {
        throw leaf(given, at, array.get(i)).refuse("expected an object");
      }
      String written = given.written() + at;
      Values entry = Values.of(object, "", written + ".", given.origin());
      Leaf whole = new Leaf(Leaf.Kind.OTHER, "", written, given.origin());
      swaps.addAll(entry(entry, whole, variant));
    }
    return swaps;
  }

  private static Leaf leaf(Given given, String at, JsonElement value) {
    return new Leaf(Leaf.Kind.OTHER, value.toString(), given.written() + at, given.origin());
  }

  private List<Swap> entry(Values entry, Leaf whole, Values variant) {
    List<PluginKind<?>> kinds =
        PluginKind.live().stream().filter(kind -> entry.get(kind.word()).isPresent()).toList();
    List<ParameterKeys> parameters = new ArrayList<>();
    for (PluginKind<?> kind : kinds) {
      parameters(kind, entry.get(kind.word()).orElseThrow())
          .ifPresent(keys -> parameters.add(completed(keys, entry, variant, kind)));
    }
    Schema schema = new Schema(EntryKeys.class, table, parameters);
    UnknownKeys.refuse(entry, schema);
    Binder binder = new Binder(schema, entry, path -> whole.at() + "." + path);
    if (entry.get(KEPT).isPresent()) {
      return List.of(kept(entry, whole, binder, kinds));
    }
    if (kinds.isEmpty()) {
      throw whole.refuse("names no policy; expected one or more of " + words());
    }
    Moment at = moment(entry, whole, binder);
    Optional<String> version = text(entry, binder, "version");
    if (version.isPresent() && kinds.size() > 1) {
      throw entry.get("version").orElseThrow().refuse("goes with one policy, not " + kinds.size());
    }
    String what = text(entry, binder, "what").orElse(Swap.SWAP);
    if (!EVENTS.contains(what)) {
      String hint = NearestName.hint(what, EVENTS);
      Leaf leaf = entry.get("what").orElseThrow();
      throw leaf.refuse("allowed: " + String.join(", ", EVENTS) + hint);
    }
    String why = text(entry, binder, "why").orElse("");
    List<Swap> swaps = new ArrayList<>();
    for (PluginKind<?> kind : kinds) {
      Leaf name = entry.get(kind.word()).orElseThrow();
      plugins.require(kind, name, version.isEmpty() ? null : entry.get("version").orElseThrow());
      requireReplicas(kind, name, variant);
      Parameters own = binder.parameters(kind.word() + PARAMETERS);
      swaps.add(new Swap(at, new PolicyChoice(kind, name.text(), version, own), what, why));
    }
    return swaps;
  }

  private Swap kept(Values entry, Leaf whole, Binder binder, List<PluginKind<?>> policies) {
    Leaf leaf = entry.get(KEPT).orElseThrow();
    String[] words = leaf.text().split(" ", 2);
    Optional<PluginKind<?>> kind =
        PluginKind.bound().stream().filter(bound -> bound.word().equals(words[0])).findFirst();
    if (kind.isEmpty() || words.length < 2) {
      throw leaf.refuse(
          leaf.text() + ": expected what a recording writes, such as \"memory-model hbm\"");
    }
    if (!policies.isEmpty() || entry.get("what").isPresent()) {
      throw leaf.refuse(leaf.text() + ": goes with no policy and no what");
    }
    Leaf name = new Leaf(leaf.kind(), words[1], leaf.written(), leaf.origin());
    plugins.require(kind.get(), name, entry.get("version").orElse(null));
    PolicyChoice same =
        new PolicyChoice(kind.get(), words[1], text(entry, binder, "version"), Parameters.NONE);
    return new Swap(
        moment(entry, whole, binder), same, Swap.KEPT, text(entry, binder, "why").orElse(""));
  }

  private static Moment moment(Values entry, Leaf whole, Binder binder) {
    boolean iteration = entry.get("atIteration").isPresent();
    if (iteration == entry.get("atSeconds").isPresent()) {
      throw whole.refuse(
          (iteration ? "has both atIteration and atSeconds" : "says not when")
              + "; expected one of atIteration and atSeconds");
    }
    long calls = entry.get("afterCalls").isPresent() ? (Long) binder.value("afterCalls") : 0;
    return iteration
        ? new Moment(Optional.of((Long) binder.value("atIteration")), Optional.empty(), calls)
        : new Moment(Optional.empty(), Optional.of((Double) binder.value("atSeconds")), calls);
  }

  private static Optional<String> text(Values entry, Binder binder, String path) {
    return entry.get(path).map(leaf -> (String) binder.value(path));
  }

  private static void requireReplicas(PluginKind<?> kind, Leaf name, Values variant) {
    boolean one = variant.get("replicas").map(Leaf::text).orElse("1").equals("1");
    if (kind.equals(PluginKind.ROUTER) && one) {
      throw name.refuse("there is one replica and nothing to route; set replicas to 2 or more");
    }
  }

  private static String words() {
    return String.join(", ", PluginKind.live().stream().map(PluginKind::word).toList());
  }

  /** The policies that take the place of others. */
  List<PolicyChoice> fallbacks(Values variant) {
    List<PolicyChoice> choices = new ArrayList<>();
    for (PluginKind<?> kind : PluginKind.live()) {
      Optional<Leaf> name = variant.get(FALLBACK + kind.word());
      if (name.isPresent()) {
        plugins.require(kind, name.get(), null);
        choices.add(
            new PolicyChoice(kind, name.get().text(), ofFallback(kind, name.get(), variant)));
      }
    }
    return choices;
  }

  private Parameters ofFallback(PluginKind<?> kind, Leaf name, Values variant) {
    Optional<ParameterKeys> keys = parameters(kind, name);
    if (keys.isEmpty()) {
      return Parameters.NONE;
    }
    Values values = new Values();
    completed(keys.get(), values, variant, kind, name);
    Schema schema = new Schema(EntryKeys.class, table, List.of(keys.get()));
    return new Binder(schema, values, path -> name.at() + ": " + path)
        .parameters(kind.word() + PARAMETERS);
  }

  private Optional<ParameterKeys> parameters(PluginKind<?> kind, Leaf name) {
    if (!PluginNames.POLICIES.contains(kind.word())) {
      return Optional.empty();
    }
    String component = kind.word() + PARAMETERS;
    return Optional.of(
        new ParameterKeys(component, component + ".", plugins.ofPolicy(kind.word(), name)));
  }

  private static ParameterKeys completed(
      ParameterKeys keys, Values entry, Values variant, PluginKind<?> kind) {
    return completed(keys, entry, variant, kind, entry.get(kind.word()).orElseThrow());
  }

  /** What nobody has said: what the variant says of that policy, or else its defaults. */
  private static ParameterKeys completed(
      ParameterKeys keys, Values entry, Values variant, PluginKind<?> kind, Leaf name) {
    boolean own =
        variant.get(kind.word()).filter(leaf -> leaf.text().equals(name.text())).isPresent();
    if (own) {
      keys.specs()
          .forEach(
              spec -> {
                String path = keys.prefix() + spec.name();
                if (entry.get(path).isEmpty()) {
                  variant.get(path).ifPresent(leaf -> entry.put(path, leaf));
                }
              });
    }
    Resolver.addDefaults(entry, keys, kind.word() + " " + name.text());
    return keys;
  }
}
