// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.List;
import neupims.api.hw.Organization;
import neupims.api.program.Tensor;

/**
 * The device's address space. Tensors follow each other from address 0, each from the start of a
 * stripe: one row of the same bank in every channel. The KV cache begins above them, on whole
 * tiles: one row of every bank.
 *
 * @param organization the memory
 * @param tensorBase first byte of each tensor
 * @param cacheBase first byte of the KV cache
 */
record MemoryMap(Organization organization, long[] tensorBase, long cacheBase) {

  /**
   * Lays tensors out.
   *
   * @param reserved whether to keep the lower half of the memory for operands whatever they are
   * @throws IllegalArgumentException if they exceed the memory
   */
  static MemoryMap of(Organization organization, List<Tensor> tensors, boolean reserved) {
    long stripe = (long) organization.rowBytes() * organization.channels();
    long[] base = new long[tensors.size()];
    long next = 0;
    for (int t = 0; t < base.length; t++) {
      base[t] = next;
      next += Ceil.div(tensors.get(t).bytes(), stripe) * stripe;
    }
    if (next > organization.bytes()) {
      throw new IllegalArgumentException(
          "the program's tensors need %d B, the memory has %d B"
              .formatted(next, organization.bytes()));
    }
    long row = stripe * organization.banks();
    long cache = reserved ? organization.bytes() / 2 : Ceil.div(next, row) * row;
    return new MemoryMap(organization, base, cache);
  }

  /** Bytes of the KV cache's region. */
  long cacheBytes() {
    return organization.bytes() - cacheBase;
  }

  /** The first byte of the KV cache's region within each channel. */
  long cacheChannelByte() {
    return cacheBase / organization.channels();
  }
}
