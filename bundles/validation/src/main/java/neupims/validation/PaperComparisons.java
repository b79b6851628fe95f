// SPDX-License-Identifier: Apache-2.0
package neupims.validation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import neupims.api.run.PaperComparison;
import neupims.api.run.PaperExperiment;
import neupims.api.run.PaperFigure;
import neupims.api.run.RunResult;
import neupims.api.run.VariantResult;

/** A paper's figures beside ours; only points count that were simulated to their end. */
final class PaperComparisons {
  private static final String COMPLETED = "completed";

  private final PaperExperiment paper;
  private final Map<String, VariantResult> results = new HashMap<>();
  private final Map<Map<String, String>, String> variants = new HashMap<>();

  PaperComparisons(PaperExperiment paper, RunResult run) {
    this.paper = paper;
    for (VariantResult result : run.variants()) {
      if (result.stopped().equals(COMPLETED)) {
        results.put(result.variant().name(), result);
      }
    }
    paper.points().forEach(point -> variants.put(point.at(), point.variant()));
  }

  List<PaperComparison> all() {
    return paper.figures().stream().map(this::compare).toList();
  }

  private PaperComparison compare(PaperFigure figure) {
    List<Double> values = new ArrayList<>();
    int wanted = 0;
    for (PaperExperiment.Point point : paper.points()) {
      if (point.at().entrySet().containsAll(figure.of().entrySet())) {
        wanted++;
        value(figure, point).ifPresent(values::add);
      }
    }
    OptionalDouble ours = take(figure.take(), values.stream().mapToDouble(v -> v));
    return new PaperComparison(figure, ours, values.size(), wanted);
  }

  private OptionalDouble value(PaperFigure figure, PaperExperiment.Point point) {
    OptionalDouble own = metric(figure, point.at());
    if (figure.over().isEmpty() || own.isEmpty()) {
      return own;
    }
    Map<String, String> base = new HashMap<>(point.at());
    base.putAll(figure.over());
    OptionalDouble of = metric(figure, base);
    return of.isPresent() && of.getAsDouble() != 0
        ? OptionalDouble.of(own.getAsDouble() / of.getAsDouble())
        : OptionalDouble.empty();
  }

  private OptionalDouble metric(PaperFigure figure, Map<String, String> at) {
    VariantResult result = results.get(variants.get(at));
    return result == null ? OptionalDouble.empty() : figure.metric().of(result);
  }

  private static OptionalDouble take(PaperFigure.Take take, DoubleStream values) {
    return switch (take) {
      case MEAN -> values.average();
      case MIN -> values.min();
      case MAX -> values.max();
    };
  }
}
