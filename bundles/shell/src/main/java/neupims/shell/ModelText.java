// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import neupims.api.model.DecoderModel;
import neupims.api.model.Experts;
import neupims.api.model.ModelShard;
import neupims.api.model.Precision;

/** A model and one device's share of it, for machines and for people. */
final class ModelText {
  private ModelText() {}

  static String json(ModelShard shard) {
    return Json.GSON.toJson(object(shard)) + System.lineSeparator();
  }

  private static Map<String, Object> object(ModelShard shard) {
    DecoderModel model = shard.model();
    Optional<Experts> experts = model.experts();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", model.name());
    json.put("family", model.family());
    json.put("parameters", model.parameters());
    json.put("activeParameters", model.activeParameters());
    json.put("weightBytes", model.weightBytes());
    json.put("kvBytesPerToken", model.kvBytesPerToken());
    json.put("layers", model.layers());
    json.put("hidden", model.embedding());
    json.put("heads", model.heads());
    json.put("kvHeads", model.kvHeads());
    json.put("headDim", model.headDim());
    json.put("ffn", experts.map(Experts::feedForward).orElse(model.feedForward()));
    json.put("experts", experts.map(Experts::count).orElse(0));
    json.put("expertsPerToken", experts.map(Experts::perToken).orElse(0));
    json.put("sharedFfn", experts.map(Experts::shared).orElse(0));
    json.put("denseLayers", model.denseLayers());
    json.put("denseFfn", model.denseLayers() > 0 ? model.feedForward() : 0);
    json.put("routing", experts.map(e -> word(e.routing())).orElse(null));
    json.put("vocabulary", model.vocabulary());
    json.put("maxPositions", model.maxPositions());
    json.put("window", model.window());
    json.put("activation", word(model.block().activation()));
    json.put("norm", word(model.block().norm()));
    json.put("parallel", model.block().parallel());
    json.put("tiedEmbeddings", model.embeddings().tied());
    json.put("precision", precision(model.precision()));
    json.put("tp", shard.parallelism().tensor());
    json.put("pp", shard.parallelism().pipeline());
    json.put("device", device(shard));
    return json;
  }

  private static Map<String, String> precision(Precision precision) {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("weights", word(precision.weights()));
    json.put("activations", word(precision.activations()));
    json.put("kv", word(precision.kv()));
    return json;
  }

  private static Map<String, Object> device(ModelShard shard) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("layers", shard.layers());
    json.put("heads", shard.heads());
    json.put("kvHeads", shard.kvHeads());
    json.put("weightBytes", shard.weightBytes());
    json.put("kvBytesPerToken", shard.kvBytesPerToken());
    return json;
  }

  static String text(ModelShard shard) {
    DecoderModel model = shard.model();
    Precision precision = model.precision();
    Table table = new Table(2, "FIGURE", "VALUE");
    table.row("family", model.family());
    table.row("parameters", count(model.parameters()));
    table.row("active for a token", count(model.activeParameters()));
    table.row("weights", bytes(model.weightBytes()) + ", " + word(precision.weights()));
    table.row("KV cache of a token", bytes(model.kvBytesPerToken()) + ", " + word(precision.kv()));
    table.row("activations", word(precision.activations()));
    table.row("layers", whole(model.layers()));
    table.row("width", whole(model.embedding()));
    table.row("heads", heads(model));
    table.row("feed-forward", feedForward(model));
    table.row(
        "norm", word(model.block().norm()) + (model.block().parallel() ? ", parallel blocks" : ""));
    table.row(
        "vocabulary",
        whole(model.vocabulary()) + (model.embeddings().tied() ? ", output matrix shared" : ""));
    String window = model.window() == 0 ? "" : ", window " + whole(model.window());
    table.row("positions", whole(model.maxPositions()) + window);
    int tp = shard.parallelism().tensor();
    int pp = shard.parallelism().pipeline();
    table.row("a device of tp " + tp + ", pp " + pp, device(shard, tp));
    return model.name() + System.lineSeparator() + System.lineSeparator() + table;
  }

  private static String heads(DecoderModel model) {
    String shared =
        model.kvHeads() == model.heads() ? "" : ", " + whole(model.kvHeads()) + " of K and V";
    return whole(model.heads()) + " of " + whole(model.headDim()) + shared;
  }

  private static String feedForward(DecoderModel model) {
    String activation = word(model.block().activation());
    if (model.experts().isEmpty()) {
      return whole(model.feedForward()) + ", " + activation;
    }
    Experts experts = model.experts().get();
    String shared = experts.shared() == 0 ? "" : ", shared " + whole(experts.shared());
    String dense =
        model.denseLayers() == 0
            ? ""
            : "; the first %s dense, %s"
                .formatted(
                    model.denseLayers() == 1 ? "layer" : whole(model.denseLayers()) + " layers",
                    whole(model.feedForward()));
    return "%s of %s experts of %s%s, %s, routed %s%s"
        .formatted(
            whole(experts.perToken()),
            whole(experts.count()),
            whole(experts.feedForward()),
            shared,
            activation,
            word(experts.routing()),
            dense);
  }

  private static String device(ModelShard shard, int tp) {
    String copies =
        shard.model().kvHeads() < tp
            ? ", each KV head on " + tp / shard.model().kvHeads() + " devices"
            : "";
    return "weights of blocks %s, KV cache of a token %s%s"
        .formatted(bytes(shard.weightBytes()), bytes(shard.kvBytesPerToken()), copies);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String whole(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String count(long parameters) {
    return String.format(Locale.ROOT, "%,d (%.2f billion)", parameters, parameters / 1e9);
  }

  private static String bytes(long bytes) {
    long gibibyte = 1L << 30;
    return bytes >= gibibyte
        ? String.format(Locale.ROOT, "%.2f GiB", bytes / (double) gibibyte)
        : String.format(Locale.ROOT, "%,d B", bytes);
  }
}
