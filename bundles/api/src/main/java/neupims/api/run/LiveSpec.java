// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.List;
import java.util.Optional;

/**
 * What may become of a variant's policies as it runs.
 *
 * @param swaps in the order in which those of one moment take effect
 * @param fallbacks policies for when one is gone or fails, at most one of a kind
 * @param pluginWaitSeconds wall time that a run waits for a policy that is gone
 * @param policySeconds wall time that a call of a policy may take, 0 for any
 */
public record LiveSpec(
    List<Swap> swaps,
    List<PolicyChoice> fallbacks,
    double pluginWaitSeconds,
    double policySeconds) {
  /** No swaps, no fallbacks; half a minute for a policy that is gone, ten seconds for a call. */
  public static final LiveSpec NONE = new LiveSpec(List.of(), List.of(), 30, 10);

  public LiveSpec {
    swaps = List.copyOf(swaps);
    fallbacks = List.copyOf(fallbacks);
  }

  /** What takes the place of a policy of a kind. */
  public Optional<PolicyChoice> fallback(PluginKind<?> kind) {
    return fallbacks.stream().filter(choice -> choice.kind().equals(kind)).findFirst();
  }
}
