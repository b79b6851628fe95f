// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import neupims.api.run.KvSpec;

/**
 * The link over which KV cache moves to and from the host, one way at a time. An iteration waits
 * for the moves that its plan asks for: nothing of them is hidden behind work.
 */
record HostLink(KvSpec spec, long blockBytes) {
  /** Time that moving blocks takes. */
  long nanos(long blocks) {
    if (blocks == 0) {
      return 0;
    }
    double seconds =
        spec.hostLatencySeconds() + (double) blocks * blockBytes / spec.hostBytesPerSecond();
    return Math.round(seconds * 1e9);
  }
}
