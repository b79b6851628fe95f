// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

import neupims.api.model.AttentionShape;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How a memory stores the KV cache. The unit of allocation is a tile: one row of every bank of a
 * channel. A request's whole cache lives in one channel.
 */
@ConsumerType
public interface KvLayout {
  /** Tokens of a page of K: the granularity in which a request's K cache grows. */
  int keyPageTokens(AttentionShape shape);

  /** Tokens of a page of V. */
  int valuePageTokens(AttentionShape shape);

  /** Tiles that one layer's K of a request takes. */
  long keyTiles(int sequenceTokens, AttentionShape shape);

  /** Tiles that one layer's V of a request takes. */
  long valueTiles(int sequenceTokens, AttentionShape shape);

  /** Bytes of a tile. */
  long tileBytes();
}
