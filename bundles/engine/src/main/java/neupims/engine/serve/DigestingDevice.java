// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.Optional;
import neupims.api.hw.CommandSink;
import neupims.api.metric.DeviceReport;
import neupims.api.run.DeviceSimulator;
import neupims.api.run.FidelityReport;
import neupims.engine.diff.CommandDigest;

/** Simulates programs command by command and keeps a digest of the last one's commands. */
final class DigestingDevice implements ProgramDevice {
  private final Wiring wiring;
  private final DeviceSimulator simulator;
  private Compiled compiled;
  private long commands;

  DigestingDevice(Wiring wiring, DeviceSimulator simulator) {
    this.wiring = wiring;
    this.simulator = simulator;
  }

  @Override
  public DeviceReport run(Compiled program) {
    compiled = program;
    CommandDigest digest = new CommandDigest(wiring.device().memory().organization().channels());
    DeviceReport report = simulate(program, digest);
    commands = digest.value();
    return report;
  }

  /** The same again, commands going to a sink. */
  DeviceReport simulate(Compiled program, CommandSink sink) {
    return simulator.simulate(wiring.device(), program.program(), sink);
  }

  /** The last program. */
  Compiled compiled() {
    return compiled;
  }

  /** Digest of its commands. */
  long commands() {
    return commands;
  }

  /** Devices are compared alone: what they exchange would shift commands that are the same. */
  @Override
  public boolean exchanges() {
    return false;
  }

  @Override
  public Optional<FidelityReport> fidelity() {
    return Optional.empty();
  }
}
