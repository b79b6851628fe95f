// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.item;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import neupims.catalog.value.Leaf;
import neupims.catalog.value.Origin;

/**
 * One way to a model's value from a config.json:
 *
 * <pre>
 * {"when": {"key": value}, "from": ["key", "older name"], "times": 4, "plus": 2, "words": {"silu": "swiglu"}}
 * {"from": ["key"], "timesKey": "other key"}
 * {"when": {"key": value}, "is": value}
 * </pre>
 *
 * It applies when the conditions hold and, with {@code from}, one of the keys is there and not
 * null.
 */
record ConfigRule(JsonObject json, Origin table) {

  /** The value, empty when the rule does not apply. */
  Optional<Leaf> value(ConfigKeys config) {
    if (json.has("when") && !config.match(json.getAsJsonObject("when"))) {
      return Optional.empty();
    }
    if (json.has("is")) {
      return Optional.of(new ConfigKeys(json, table).leaf("is", json.get("is")));
    }
    for (String key : from()) {
      Optional<JsonElement> found = config.get(key);
      if (found.isPresent()) {
        return Optional.of(worked(config.leaf(key, found.get()), config));
      }
    }
    return Optional.empty();
  }

  /** Keys that it reads, in the order in which they are tried. */
  List<String> from() {
    return json.has("from")
        ? json.getAsJsonArray("from").asList().stream().map(JsonElement::getAsString).toList()
        : List.of();
  }

  private Leaf worked(Leaf leaf, ConfigKeys config) {
    if (json.has("words")) {
      JsonObject words = json.getAsJsonObject("words");
      if (!leaf.isText() || !words.has(leaf.text())) {
        throw leaf.refuse(
            leaf.shown() + " is not modelled; known: " + String.join(", ", words.keySet()));
      }
      return new Leaf(
          Leaf.Kind.STRING, words.get(leaf.text()).getAsString(), leaf.written(), leaf.origin());
    }
    boolean counted = json.has("times") || json.has("plus") || json.has("timesKey");
    if (leaf.kind() != Leaf.Kind.NUMBER || !counted) {
      return leaf;
    }
    BigDecimal times = number("times", 1).multiply(otherKey(config));
    BigDecimal number = new BigDecimal(leaf.text()).multiply(times);
    String text = number.add(number("plus", 0)).toPlainString();
    return new Leaf(Leaf.Kind.NUMBER, text, leaf.written(), leaf.origin());
  }

  /** The value of the other factor; one that is no number is refused where it is read itself. */
  private BigDecimal otherKey(ConfigKeys config) {
    if (!json.has("timesKey")) {
      return BigDecimal.ONE;
    }
    String key = json.get("timesKey").getAsString();
    return config
        .get(key)
        .map(value -> config.leaf(key, value))
        .filter(leaf -> leaf.kind() == Leaf.Kind.NUMBER)
        .map(leaf -> new BigDecimal(leaf.text()))
        .orElse(BigDecimal.ONE);
  }

  private BigDecimal number(String key, int otherwise) {
    return json.has(key) ? json.get(key).getAsBigDecimal() : BigDecimal.valueOf(otherwise);
  }
}
