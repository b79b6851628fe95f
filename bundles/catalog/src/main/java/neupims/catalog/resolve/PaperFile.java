// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import neupims.api.run.PaperExperiment;
import neupims.api.run.PaperFigure;
import neupims.api.run.ResultMetric;
import neupims.catalog.item.CatalogFiles;
import neupims.catalog.value.Origin;
import neupims.catalog.value.Values;

/**
 * A paper's experiment as a file of the catalog: {@code experiment} holds for all points, {@code
 * axes} are combined with each other, {@code adjust} changes some combinations, {@code figures} are
 * compared. One with a {@code base} is that one's points {@code where} axes have certain labels.
 *
 * @param paper what there is to run and compare
 * @param experiment how it is run
 */
record PaperFile(PaperExperiment paper, ExperimentFile experiment) {
  private static final String FOLDER = "paper/";

  /** A label of an axis and what it sets. */
  private record Choice(String label, Values set) {}

  /** A combination of choices so far. */
  private record Combination(Map<String, String> at, Values set) {
    Combination with(String axis, Choice choice) {
      Map<String, String> more = new LinkedHashMap<>(at);
      more.put(axis, choice.label());
      Values values = set.copy();
      values.putAll(choice.set());
      return new Combination(more, values);
    }

    String name() {
      return String.join(" ", at.values());
    }
  }

  /** Names of all files, in the order in which they are to run. */
  static List<String> names() {
    return CatalogFiles.own("index.json").getAsJsonArray("paper").asList().stream()
        .map(JsonElement::getAsString)
        .toList();
  }

  static PaperFile read(String name) {
    JsonObject own = CatalogFiles.own(FOLDER + name + ".json");
    String base = own.has("base") ? own.get("base").getAsString() : "";
    JsonObject json = base.isEmpty() ? own : CatalogFiles.own(FOLDER + base + ".json");
    JsonObject where = own.has("where") ? own.getAsJsonObject("where") : new JsonObject();
    Origin origin = Origin.of("catalog/" + FOLDER + name + ".json");

    Map<String, List<Choice>> axes = new LinkedHashMap<>();
    json.getAsJsonObject("axes")
        .entrySet()
        .forEach(e -> axes.put(e.getKey(), kept(choices(e, origin), where.get(e.getKey()))));
    List<Combination> combinations =
        new ArrayList<>(List.of(new Combination(Map.of(), new Values())));
    axes.forEach((axis, choices) -> combineAll(combinations, axis, choices));
    combinations.forEach(combination -> adjust(combination, json, origin));

    Map<String, List<String>> labels = new LinkedHashMap<>();
    axes.forEach((axis, choices) -> labels.put(axis, choices.stream().map(Choice::label).toList()));
    PaperExperiment paper =
        new PaperExperiment(
            name,
            own.get("description").getAsString(),
            own.has("byDefault") && own.get("byDefault").getAsBoolean(),
            base,
            labels,
            combinations.stream().map(c -> new PaperExperiment.Point(c.name(), c.at())).toList(),
            figures(json));
    Values values = Values.of(json.getAsJsonObject("experiment"), "", "experiment.", origin);
    List<ExperimentFile.Entry> entries =
        combinations.stream()
            .map(c -> new ExperimentFile.Entry(c.name(), c.set(), Optional.empty()))
            .toList();
    return new PaperFile(
        paper,
        new ExperimentFile(
            Optional.empty(),
            values,
            Optional.empty(),
            Path.of("").toAbsolutePath(),
            Optional.empty(),
            entries));
  }

  /** Labels with what they set, or values of the key path that the axis is called by. */
  private static List<Choice> choices(Map.Entry<String, JsonElement> axis, Origin origin) {
    List<Choice> choices = new ArrayList<>();
    if (axis.getValue() instanceof JsonObject labelled) {
      for (String label : labelled.keySet()) {
        String at = "axes." + axis.getKey() + "." + label + ".";
        choices.add(new Choice(label, Values.of(labelled.getAsJsonObject(label), "", at, origin)));
      }
    } else {
      for (JsonElement value : axis.getValue().getAsJsonArray()) {
        JsonObject set = new JsonObject();
        set.add(axis.getKey(), value);
        choices.add(new Choice(value.getAsString(), Values.of(set, "", "axes.", origin)));
      }
    }
    return choices;
  }

  private static List<Choice> kept(List<Choice> choices, JsonElement where) {
    if (where == null) {
      return choices;
    }
    List<String> labels = labels(where);
    return choices.stream().filter(choice -> labels.contains(choice.label())).toList();
  }

  private static void combineAll(List<Combination> all, String axis, List<Choice> choices) {
    List<Combination> before = List.copyOf(all);
    all.clear();
    for (Combination combination : before) {
      choices.forEach(choice -> all.add(combination.with(axis, choice)));
    }
  }

  /** Applies what the file changes for combinations of certain labels. */
  private static void adjust(Combination combination, JsonObject json, Origin origin) {
    if (!json.has("adjust")) {
      return;
    }
    JsonObject adjust = json.getAsJsonObject("adjust");
    boolean concerned =
        adjust.getAsJsonObject("where").entrySet().stream()
            .allMatch(e -> labels(e.getValue()).contains(combination.at().get(e.getKey())));
    if (concerned) {
      combination.set().putAll(Values.of(adjust.getAsJsonObject("set"), "", "adjust.set.", origin));
    }
  }

  private static List<String> labels(JsonElement array) {
    return array.getAsJsonArray().asList().stream().map(JsonElement::getAsString).toList();
  }

  private static List<PaperFigure> figures(JsonObject json) {
    JsonObject sources = json.getAsJsonObject("sources");
    List<PaperFigure> figures = new ArrayList<>();
    json.getAsJsonObject("figures")
        .entrySet()
        .forEach(
            entry -> {
              JsonObject f = entry.getValue().getAsJsonObject();
              JsonElement paper = f.get("paper");
              figures.add(
                  new PaperFigure(
                      entry.getKey(),
                      f.get("what").getAsString(),
                      ResultMetric.valueOf(constant(f.get("metric").getAsString())),
                      at(f.get("of")),
                      at(f.get("over")),
                      PaperFigure.Take.valueOf(constant(f.get("take").getAsString())),
                      paper == null
                          ? OptionalDouble.empty()
                          : OptionalDouble.of(paper.getAsDouble()),
                      f.has("says") ? f.get("says").getAsString() : "",
                      sources.get("figures." + entry.getKey()).getAsString()));
            });
    return figures;
  }

  private static Map<String, String> at(JsonElement object) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (object != null) {
      object
          .getAsJsonObject()
          .entrySet()
          .forEach(e -> labels.put(e.getKey(), e.getValue().getAsString()));
    }
    return labels;
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
