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
        return Optional.of(worked(config.leaf(key, found.get())));
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

  private Leaf worked(Leaf leaf) {
    if (json.has("words")) {
      JsonObject words = json.getAsJsonObject("words");
      if (!leaf.isText() || !words.has(leaf.text())) {
        throw leaf.refuse(
            leaf.shown() + " is not modelled; known: " + String.join(", ", words.keySet()));
      }
      return new Leaf(
          Leaf.Kind.STRING, words.get(leaf.text()).getAsString(), leaf.written(), leaf.origin());
    }
    if (leaf.kind() != Leaf.Kind.NUMBER || !(json.has("times") || json.has("plus"))) {
      return leaf;
    }
    BigDecimal number = new BigDecimal(leaf.text()).multiply(number("times", 1));
    String text = number.add(number("plus", 0)).toPlainString();
    return new Leaf(Leaf.Kind.NUMBER, text, leaf.written(), leaf.origin());
  }

  private BigDecimal number(String key, int otherwise) {
    return json.has(key) ? json.get(key).getAsBigDecimal() : BigDecimal.valueOf(otherwise);
  }
}
