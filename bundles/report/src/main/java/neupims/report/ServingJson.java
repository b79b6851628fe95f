// SPDX-License-Identifier: Apache-2.0
package neupims.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import neupims.api.run.Distribution;
import neupims.api.run.PrefillUse;
import neupims.api.run.ServingResult;
import neupims.api.run.VariantResult;

/** What only a serving run can say; without one its keys are there and null. */
final class ServingJson {
  private ServingJson() {}

  static void put(Map<String, Object> json, VariantResult result) {
    Optional<ServingResult> serving = result.serving();
    json.put("ttftSeconds", distribution(serving.flatMap(ServingResult::ttft)));
    json.put("tpotSeconds", distribution(serving.flatMap(ServingResult::tpot)));
    json.put("requestSeconds", distribution(serving.flatMap(ServingResult::request)));
    json.put("queueSeconds", distribution(serving.flatMap(ServingResult::queue)));
    json.put("requests", serving.map(ServingResult::rates).orElse(null));
    json.put("window", serving.map(ServingJson::window).orElse(null));
    json.put("load", serving.map(ServingResult::load).orElse(null));
    json.put("kv", kv(result));
    serving
        .flatMap(ServingResult::prefill)
        .ifPresent(prefill -> json.put("prefillPool", prefill(prefill)));
  }

  private static Map<String, Object> window(ServingResult serving) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("startSeconds", serving.windowStartSeconds());
    json.put("endSeconds", serving.windowEndSeconds());
    json.put("requests", serving.windowRequests());
    return json;
  }

  private static Map<String, Object> kv(VariantResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("peakFraction", result.kvPeakFraction());
    Optional<ServingResult.KvUse> use = result.serving().map(ServingResult::kv);
    json.put("preemptions", use.map(ServingResult.KvUse::preemptions).orElse(0L));
    if (use.isPresent()) {
      json.put("meanFraction", use.get().meanFraction());
      json.put("fragmentation", use.get().fragmentation());
      json.put("recomputed", use.get().recomputed());
      json.put("swapped", use.get().swapped());
      json.put("swapSeconds", use.get().swapSeconds());
      json.put("deferredAdmissions", use.get().deferred());
    }
    return json;
  }

  private static Map<String, Object> prefill(PrefillUse use) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("prompts", use.prompts());
    json.put("promptTokens", use.promptTokens());
    json.put("busyFraction", use.busyFraction());
    json.put("meanWaiting", use.meanWaiting());
    json.put("waitSeconds", distribution(use.queue()));
    json.put("transferSeconds", distribution(use.transfer()));
    json.put("groups", use.groups());
    json.put("links", use.links());
    return json;
  }

  private static Map<String, Object> distribution(Optional<Distribution> of) {
    if (of.isEmpty()) {
      return null;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("count", of.get().count());
    json.put("mean", of.get().mean());
    json.put("p50", of.get().p50());
    json.put("p90", of.get().p90());
    json.put("p95", of.get().p95());
    json.put("p99", of.get().p99());
    return json;
  }
}
