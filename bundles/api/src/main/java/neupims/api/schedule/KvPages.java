// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * How many blocks of KV cache a request's tokens take. A pure function that never falls. A block is
 * what is handed out at once: where requests live in channels of a PIM, a tile in every layer on
 * the device; in a plain memory, a page of a given number of tokens.
 */
@ConsumerType
public interface KvPages {
  /** Blocks that the keys and values of so many tokens of one request take. */
  long blocks(int tokens);
}
