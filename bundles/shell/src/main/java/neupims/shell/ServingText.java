// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import neupims.api.run.Distribution;
import neupims.api.run.PrefillUse;
import neupims.api.run.RunResult;
import neupims.api.run.ServingResult;
import neupims.api.run.VariantResult;

/** What a person wants to know of a serving run: how long requests take and how full it is. */
final class ServingText {
  private ServingText() {}

  /** A column more where somebody has a prefill pool. */
  static Table table(RunResult result) {
    boolean pools =
        result.variants().stream()
            .anyMatch(v -> v.serving().flatMap(ServingResult::prefill).isPresent());
    List<String> header =
        new ArrayList<>(
            List.of(
                "VARIANT",
                "REQUESTS",
                "TTFT p50",
                "p99",
                "TPOT p50",
                "p99",
                "REQUEST p50",
                "p99",
                "GOOD",
                "KV",
                "PREEMPTED"));
    if (pools) {
      header.add("POOL");
    }
    Table table = new Table(1, header.toArray(String[]::new));
    for (VariantResult variant : result.variants()) {
      variant.serving().ifPresent(serving -> row(table, variant, serving, pools));
    }
    return table;
  }

  private static void row(
      Table table, VariantResult variant, ServingResult serving, boolean pools) {
    List<String> cells = cells(variant, serving);
    if (pools) {
      Optional<Double> busy = serving.prefill().map(PrefillUse::busyFraction);
      cells.add(busy.map(Figures::percent).orElse("-"));
    }
    table.row(cells.toArray(String[]::new));
  }

  private static List<String> cells(VariantResult variant, ServingResult serving) {
    return new ArrayList<>(
        List.of(
            RunText.name(variant.variant()),
            Figures.whole(serving.windowRequests()),
            seconds(serving.ttft().map(Distribution::p50)),
            seconds(serving.ttft().map(Distribution::p99)),
            seconds(serving.tpot().map(Distribution::p50)),
            seconds(serving.tpot().map(Distribution::p99)),
            seconds(serving.request().map(Distribution::p50)),
            seconds(serving.request().map(Distribution::p99)),
            Figures.percent(serving.rates().goodFraction()),
            Figures.percent(serving.kv().peakFraction()),
            Figures.whole(serving.kv().preemptions())));
  }

  private static String seconds(Optional<Double> value) {
    return value.map(Figures::seconds).orElse("-");
  }
}
