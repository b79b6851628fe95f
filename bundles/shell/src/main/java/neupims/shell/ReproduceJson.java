// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import neupims.api.run.PaperComparison;
import neupims.api.run.PaperExperiment;
import neupims.api.run.PaperFigure;

/** Reproduced experiments as JSON. */
final class ReproduceJson {
  private ReproduceJson() {}

  static String list(List<PaperExperiment> known) {
    List<Map<String, Object>> rows = known.stream().map(ReproduceJson::experiment).toList();
    return text(Map.of("experiments", rows));
  }

  static String of(List<Reproduced> all) {
    return text(Map.of("experiments", all.stream().map(ReproduceJson::reproduced).toList()));
  }

  static String of(Reproduced one) {
    return text(reproduced(one));
  }

  private static String text(Map<String, Object> json) {
    return Json.GSON.toJson(json) + System.lineSeparator();
  }

  private static Map<String, Object> experiment(PaperExperiment paper) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", paper.name());
    json.put("title", paper.title());
    json.put("byDefault", paper.byDefault());
    json.put("points", paper.points().size());
    return json;
  }

  private static Map<String, Object> reproduced(Reproduced done) {
    Map<String, Object> json = experiment(done.paper());
    json.put("complete", done.isWhole());
    json.put("figures", done.figures().stream().map(ReproduceJson::figure).toList());
    json.put("result", done.file().toString());
    json.put("wallSeconds", done.wallSeconds());
    return json;
  }

  private static Map<String, Object> figure(PaperComparison c) {
    PaperFigure figure = c.figure();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", figure.id());
    json.put("what", figure.what());
    json.put("unit", figure.over().isEmpty() ? figure.metric().unit() : "times");
    json.put("ours", orNull(c.ours()));
    json.put("paper", orNull(figure.paper()));
    json.put("ratio", orNull(c.ratio()));
    json.put("paperSays", figure.says());
    json.put("source", figure.source());
    json.put("points", c.points());
    json.put("of", c.of());
    return json;
  }

  private static Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
