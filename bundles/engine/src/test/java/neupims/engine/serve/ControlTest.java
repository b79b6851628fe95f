// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.PolicyChoice;
import neupims.api.unit.Parameters;
import neupims.testkit.SampleVariants;
import org.junit.jupiter.api.Test;

class ControlTest {
  @Test
  void whatWasAskedForIsInTheStatusUntilItComes() {
    Control control = new Control(SampleVariants.variant("a"));
    control.policies(List.of(new PluginInfo("scheduler", "orca", "b", "1.0.0", "")));
    control.running();
    assertEquals("", control.status().note());
    control.pause();
    assertEquals("rests before the next iteration", control.status().note());
    control.swap(new PolicyChoice(PluginKind.SCHEDULER, "vllm", Parameters.NONE));
    assertEquals(
        "rests before the next iteration; scheduler orca -> vllm before the next iteration",
        control.status().note());
    control.resume();
    control.take();
    assertEquals("", control.status().note());
  }
}
