// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

/** What a {@link MemorySession} completes. */
public enum Completion {
  /** The last data of a slot of reads. */
  READ,
  /** The acceptance of a slot of writes. */
  WRITE,
  /** The last result of a GEMV. */
  GEMV
}
