// SPDX-License-Identifier: Apache-2.0
package neupims.calls;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.compile.CompileInput;
import neupims.api.compile.ProgramCompiler;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.GemvEstimator;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.Router;
import neupims.api.schedule.ServingState;
import neupims.api.schedule.SplitState;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.unit.InputException;

/**
 * A call of a live policy, with all that it was handed.
 *
 * @param policy who was called
 * @param variant of the run
 * @param iteration iterations begun before it, over all replicas
 * @param failure what came of it, a line
 * @param stack where it threw, a line each; nothing if it did not
 * @param input a {@link ServingState}, {@link PlacementCall}, {@link SplitState}, {@link
 *     CompileInput}, {@link RouterCall} or {@link EstimatorCall}
 */
public record SavedCall(
    PluginInfo policy,
    String variant,
    long iteration,
    String failure,
    List<String> stack,
    Object input) {
  /** Tables of functions go no further, whatever the model's positions. */
  static final int MOST_TOKENS = 1 << 17;

  private static final Map<PluginKind<?>, Class<?>> INPUTS = new LinkedHashMap<>();

  static {
    INPUTS.put(PluginKind.SCHEDULER, ServingState.class);
    INPUTS.put(PluginKind.PLACEMENT, PlacementCall.class);
    INPUTS.put(PluginKind.SPLIT, SplitState.class);
    INPUTS.put(PluginKind.ESTIMATOR, EstimatorCall.class);
    INPUTS.put(PluginKind.COMPILER, CompileInput.class);
    INPUTS.put(PluginKind.ROUTER, RouterCall.class);
  }

  public SavedCall {
    stack = List.copyOf(stack);
  }

  /**
   * The same with tables in the place of functions.
   *
   * @param tokens longest sequence that anybody can ask for
   * @param estimator the estimator that the call had
   */
  public SavedCall frozen(int tokens, GemvEstimator estimator) {
    Object tables = Frozen.input(input, Math.min(tokens, MOST_TOKENS), estimator);
    return new SavedCall(policy, variant, iteration, failure, stack, tables);
  }

  /** Writes it to a file; it must be frozen. */
  public void save(Path file) throws IOException {
    Gson gson = CallJson.gson();
    JsonObject json = new JsonObject();
    json.add("policy", gson.toJsonTree(policy));
    json.addProperty("variant", variant);
    json.addProperty("iteration", iteration);
    json.addProperty("failure", failure);
    json.add("stack", gson.toJsonTree(stack));
    json.add("input", gson.toJsonTree(input));
    Files.writeString(file, gson.toJson(json) + "\n");
  }

  /**
   * Reads one from a file.
   *
   * @throws InputException if it is none
   */
  public static SavedCall load(Path file) {
    Gson gson = CallJson.gson();
    try {
      JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      PluginInfo policy = gson.fromJson(json.get("policy"), PluginInfo.class);
      return new SavedCall(
          policy,
          json.get("variant").getAsString(),
          json.get("iteration").getAsLong(),
          json.get("failure").getAsString(),
          Arrays.asList(gson.fromJson(json.get("stack"), String[].class)),
          gson.fromJson(json.get("input"), INPUTS.get(kind(policy.kind()))));
    } catch (IOException unread) {
      throw new InputException(file + ": cannot be read: " + unread.getMessage(), unread);
    } catch (JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | NullPointerException
        | UnsupportedOperationException wrong) {
      throw new InputException(file + ": is not the saved call of a policy", wrong);
    }
  }

  private static PluginKind<?> kind(String word) {
    return INPUTS.keySet().stream()
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(IllegalStateException::new);
  }

  /** The policy's kind. */
  public PluginKind<?> kind() {
    return kind(policy.kind());
  }

  /**
   * Makes the call again.
   *
   * @param by a policy of the kind
   * @return what it returns
   */
  public Object call(Object by) {
    if (by instanceof BatchScheduler scheduler && input instanceof ServingState state) {
      return scheduler.plan(state);
    } else if (by instanceof KvPlacement placement && input instanceof PlacementCall call) {
      return placement.place(call.state(), call.newcomers());
    } else if (by instanceof SubBatchPolicy split && input instanceof SplitState state) {
      return split.split(state);
    } else if (by instanceof ProgramCompiler compiler && input instanceof CompileInput of) {
      return compiler.compile(of);
    } else if (by instanceof Router router && input instanceof RouterCall call) {
      return router.route(call.state(), call.request());
    } else if (by instanceof GemvEstimator estimator && input instanceof EstimatorCall call) {
      return estimator.estimateCycles(call.shape(), call.tokens());
    }
    throw new IllegalArgumentException(
        "%s is no %s".formatted(by.getClass().getName(), policy.kind()));
  }

  /** What is wrong with a result, in words that follow "it"; empty when nothing is. */
  public Optional<String> violation(Object result) {
    return Violations.of(input, result);
  }

  /** A result in words. */
  public static String text(Object result) {
    return result instanceof int[] channels ? Arrays.toString(channels) : String.valueOf(result);
  }
}
