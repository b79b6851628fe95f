// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/**
 * The KV cache beyond what the memory says.
 *
 * @param blockTokens tokens of a block in a plain memory; a PIM's layout has pages of its own
 * @param hostBytes room on the host for a device's share of swapped requests
 * @param hostBytesPerSecond bandwidth of a device's link to the host
 * @param hostLatencySeconds time before a transfer's first byte
 */
public record KvSpec(
    int blockTokens, long hostBytes, double hostBytesPerSecond, double hostLatencySeconds) {}
