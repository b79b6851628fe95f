// SPDX-License-Identifier: Apache-2.0
package neupims.calls;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import com.google.gson.Strictness;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import neupims.api.schedule.GemvEstimator;
import neupims.api.schedule.KvState;
import neupims.api.schedule.NpuEstimate;
import neupims.api.unit.Parameters;

/** JSON of the API's records, to and fro. */
final class CallJson {
  private CallJson() {}

  static Gson gson() {
    return new GsonBuilder()
        .setStrictness(Strictness.STRICT)
        .setPrettyPrinting()
        .disableHtmlEscaping()
        .serializeNulls()
        .registerTypeAdapter(Optional.class, optionalOut())
        .registerTypeAdapter(Optional.class, optionalIn())
        .registerTypeAdapter(Parameters.class, parametersOut())
        .registerTypeAdapter(Parameters.class, parametersIn())
        .registerTypeAdapter(KvState.class, kvOut())
        .registerTypeAdapter(KvState.class, kvIn())
        .registerTypeAdapter(
            GemvEstimator.class, (JsonSerializer<GemvEstimator>) (e, t, c) -> c.serialize(e))
        .registerTypeAdapter(
            GemvEstimator.class,
            (JsonDeserializer<GemvEstimator>) (j, t, c) -> c.deserialize(j, Frozen.Estimator.class))
        .registerTypeAdapter(
            NpuEstimate.class, (JsonSerializer<NpuEstimate>) (e, t, c) -> c.serialize(e))
        .registerTypeAdapter(
            NpuEstimate.class,
            (JsonDeserializer<NpuEstimate>) (j, t, c) -> c.deserialize(j, Frozen.Npu.class))
        .create();
  }

  /** An array of none or one. */
  private static JsonSerializer<Optional<?>> optionalOut() {
    return (value, type, context) -> {
      JsonArray array = new JsonArray();
      value.ifPresent(inner -> array.add(context.serialize(inner)));
      return array;
    };
  }

  private static JsonDeserializer<Optional<?>> optionalIn() {
    return (json, type, context) -> {
      JsonArray array = json.getAsJsonArray();
      return array.isEmpty()
          ? Optional.empty()
          : Optional.of(
              context.deserialize(
                  array.get(0), ((ParameterizedType) type).getActualTypeArguments()[0]));
    };
  }

  /** The type of a value shows: 5 is whole, 5.0 is not, a file is an object. */
  private static JsonSerializer<Parameters> parametersOut() {
    return (parameters, type, context) -> {
      JsonObject json = new JsonObject();
      new TreeMap<>(parameters.values())
          .forEach(
              (name, value) -> {
                JsonElement element = context.serialize(value);
                if (value instanceof Path file) {
                  JsonObject object = new JsonObject();
                  object.addProperty("file", file.toString());
                  element = object;
                }
                json.add(name, element);
              });
      return json;
    };
  }

  private static JsonDeserializer<Parameters> parametersIn() {
    return (json, type, context) -> {
      Map<String, Object> values = new HashMap<>();
      json.getAsJsonObject().asMap().forEach((name, value) -> values.put(name, value(value)));
      return new Parameters(values);
    };
  }

  private static Object value(JsonElement json) {
    if (json.isJsonObject()) {
      return Path.of(json.getAsJsonObject().get("file").getAsString());
    }
    JsonPrimitive value = json.getAsJsonPrimitive();
    if (value.isBoolean()) {
      return value.getAsBoolean();
    } else if (value.isString()) {
      return value.getAsString();
    }
    boolean whole = value.getAsString().chars().allMatch(c -> c == '-' || Character.isDigit(c));
    return whole ? (Object) value.getAsLong() : (Object) value.getAsDouble();
  }

  private static JsonSerializer<KvState> kvOut() {
    return (state, type, context) -> {
      // A frozen state goes as far as it was frozen.
      int tokens = 0;
      try {
        while (tokens < Integer.MAX_VALUE - 1 && tokens < SavedCall.MOST_TOKENS) {
          state.blocks(tokens + 1);
          tokens++;
        }
      } catch (IllegalStateException end) {
        // The table's.
      }
      return context.serialize(Frozen.Kv.of(state, tokens));
    };
  }

  private static JsonDeserializer<KvState> kvIn() {
    return (json, type, context) -> context.<Frozen.Kv>deserialize(json, Frozen.Kv.class).state();
  }
}
