// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.Optional;
import neupims.api.run.Distribution;
import neupims.api.run.RunResult;
import neupims.api.run.ServingResult;
import neupims.api.run.VariantResult;

/** What a person wants to know of a serving run: how long requests take and how full it is. */
final class ServingText {
  private ServingText() {}

  static Table table(RunResult result) {
    Table table =
        new Table(
            1,
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
            "PREEMPTED");
    for (VariantResult variant : result.variants()) {
      variant.serving().ifPresent(serving -> row(table, variant, serving));
    }
    return table;
  }

  private static void row(Table table, VariantResult variant, ServingResult serving) {
    table.row(
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
        Figures.whole(serving.kv().preemptions()));
  }

  private static String seconds(Optional<Double> value) {
    return value.map(Figures::seconds).orElse("-");
  }
}
