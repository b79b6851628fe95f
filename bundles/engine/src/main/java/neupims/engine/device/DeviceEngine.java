// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import neupims.api.hw.CommandSink;
import neupims.api.metric.DeviceReport;
import neupims.api.program.Program;
import neupims.api.run.Accelerator;
import neupims.api.run.Device;
import neupims.api.run.DeviceSimulator;
import org.osgi.service.component.annotations.Component;

/** Simulates programs event by event, see the package; an accelerator times them itself. */
@Component(property = "service.description=event-driven co-simulation of an NPU and its memory")
public final class DeviceEngine implements DeviceSimulator {
  @Override
  public DeviceReport simulate(Device device, Program program, CommandSink sink) {
    if (device.accelerator().isPresent()) {
      return whole(device.accelerator().get(), program);
    }
    return new ProgramRun(device, program, sink).run();
  }

  private static DeviceReport whole(Accelerator accelerator, Program program) {
    long began = System.nanoTime();
    DeviceReport report = accelerator.model().simulate(accelerator.spec(), program);
    return report.withWallSeconds((System.nanoTime() - began) * 1e-9);
  }
}
