// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import neupims.api.hw.CommandSink;
import neupims.api.metric.DeviceReport;
import neupims.api.program.Program;
import neupims.api.run.Device;
import neupims.api.run.DeviceSimulator;
import neupims.api.run.FidelityReport;
import neupims.api.run.FittedDevice;

/** Answers from a fitted model what it covers; the rest is simulated command by command. */
final class FastDevice implements FittedDevice {
  /** Makes the model when it is needed. */
  interface Fit {
    FastModel get();
  }

  private final Fit fit;
  private final AttentionWork work;
  private final DeviceSimulator exact;
  private final Supplier<String> progress;
  private volatile boolean fitting;
  private FastModel model;
  private Answers answers;
  private long exactPrograms;

  /**
   * A device without a model yet.
   *
   * @param progress how far its fit is, in words
   */
  FastDevice(Fit fit, Supplier<String> progress, AttentionWork work, DeviceSimulator exact) {
    this.fit = fit;
    this.progress = progress;
    this.work = work;
    this.exact = exact;
  }

  @Override
  public DeviceReport simulate(Device device, Program program, CommandSink sink) {
    if (model == null) {
      fitting = true;
      try {
        model = fit.get();
      } finally {
        fitting = false;
      }
      answers = new Answers(model, work);
    }
    long began = System.nanoTime();
    Optional<List<StageWork>> stages =
        StageWork.of(program).filter(all -> all.stream().allMatch(model::covers));
    if (stages.isEmpty()) {
      exactPrograms++;
      return exact.simulate(device, program, sink);
    }
    return answers.answer(stages.get()).withWallSeconds((System.nanoTime() - began) * 1e-9);
  }

  @Override
  public String busyWith() {
    return fitting ? progress.get() : "";
  }

  @Override
  public Optional<FidelityReport> report() {
    return Optional.ofNullable(model)
        .map(
            m ->
                new FidelityReport(
                    m.fitSamples(),
                    m.heldOut(),
                    m.meanErrorPercent(),
                    m.maxErrorPercent(),
                    m.biasPercent(),
                    exactPrograms));
  }
}
