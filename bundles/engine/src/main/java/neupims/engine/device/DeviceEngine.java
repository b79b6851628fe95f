// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import neupims.api.hw.CommandSink;
import neupims.api.metric.DeviceReport;
import neupims.api.program.Program;
import neupims.api.run.Device;
import neupims.api.run.DeviceSimulator;
import org.osgi.service.component.annotations.Component;

/** Simulates programs event by event, see the package. */
@Component(property = "service.description=event-driven co-simulation of an NPU and its memory")
public final class DeviceEngine implements DeviceSimulator {
  @Override
  public DeviceReport simulate(Device device, Program program, CommandSink sink) {
    return new ProgramRun(device, program, sink).run();
  }
}
