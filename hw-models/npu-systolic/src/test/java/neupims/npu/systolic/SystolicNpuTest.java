// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import neupims.api.hw.NpuPlan;
import neupims.api.program.Kernel;
import neupims.api.program.Resident;
import neupims.api.unit.ParameterSpec;
import org.junit.jupiter.api.Test;

class SystolicNpuTest {
  @Test
  void byDefaultNothingOfTheReferenceIsOn() {
    for (ParameterSpec p : Npus.MODEL.parameters()) {
      if (p.defaultValue().orElseThrow() instanceof Boolean on) {
        assertEquals(false, on, p.name());
      }
      assertTrue(p.description().endsWith("."), p.name());
    }
    NpuPlan plan = Npus.plan(Npus.npu(), new Kernel.Gemm(8, 128, 128));
    assertEquals(NpuPlan.Issue.PHYSICAL, plan.issue());
  }

  @Test
  void theFrontEndsRulesReachTheMatrixPlans() {
    var npu = Npus.npu(Map.of("lateStepsStartInPast", true, "loadsPerCycle", 1L));
    NpuPlan plan = Npus.plan(npu, new Kernel.Gemm(8, 128, 128));
    assertEquals(new NpuPlan.Issue(1, true, 0), plan.issue());
  }

  @Test
  void whatThePimDoesAloneHasNoPlan() {
    var attend = new Kernel.PimAttend(List.of(new Resident(1, 0, 9)), 8, 128);
    var npu = Npus.npu();
    assertThrows(IllegalArgumentException.class, () -> Npus.plan(npu, attend));
  }
}
