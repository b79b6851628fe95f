// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.util.Objects;
import neupims.api.hw.CommandSink;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Organization;
import neupims.api.hw.PimSpec;

/** Opens memories on the channel engine; what memory models call. */
public final class DramMemory {
  private DramMemory() {}

  /**
   * Opens a plain memory at cycle 0, all banks closed; a PIM table in its specification is ignored.
   *
   * @throws IllegalArgumentException if the engine cannot take the specification
   */
  public static MemorySession open(MemorySpec spec, CommandSink sink) {
    return new DramSession(spec, Objects.requireNonNull(sink), null);
  }

  /**
   * Opens a memory with a PIM at cycle 0, all banks closed.
   *
   * @throws IllegalArgumentException if the specification has no PIM table or one that does not fit
   *     its organization
   */
  public static MemorySession open(MemorySpec spec, CommandSink sink, GemvLowering lowering) {
    PimSpec pim =
        spec.pim()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "memory %s: no PIM table; its model %s needs one"
                            .formatted(spec.name(), spec.model())));
    check(spec.name(), spec.organization(), pim);
    return new DramSession(spec, Objects.requireNonNull(sink), Objects.requireNonNull(lowering));
  }

  private static void check(String name, Organization organization, PimSpec pim) {
    int inRank = organization.bankGroups() * organization.banksPerGroup();
    if (pim.banksPerActivate() < 1 || inRank % pim.banksPerActivate() != 0) {
      throw new IllegalArgumentException(
          "memory %s: pim.banksPerActivate is %d, allowed are the divisors of a rank's %d banks"
              .formatted(name, pim.banksPerActivate(), inRank));
    }
    if (!pim.dualRowBuffer() && !pim.blocked()) {
      throw new IllegalArgumentException(
          "memory %s: pim.blocked is false, allowed only with pim.dualRowBuffer: in one row buffer,"
                  .formatted(name)
              + " PIM and memory would close each other's rows for ever");
    }
    if (pim.operandBank() < 0 || pim.operandBank() >= organization.banks()) {
      throw new IllegalArgumentException(
          "memory %s: pim.operandBank is %d, allowed are 0 to %d"
              .formatted(name, pim.operandBank(), organization.banks() - 1));
    }
  }
}
