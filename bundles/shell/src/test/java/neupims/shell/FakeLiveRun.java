// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import neupims.api.run.Experiment;
import neupims.api.run.LiveRun;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.RunResult;
import neupims.api.run.VariantStatus;

/** A run that goes on until it is stopped, and remembers what was asked of it. */
final class FakeLiveRun implements LiveRun {
  final List<String> asked = new ArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Experiment experiment;
  private final RunResult result;

  FakeLiveRun(Experiment experiment, RunResult result) {
    this.experiment = experiment;
    this.result = result;
  }

  @Override
  public Experiment experiment() {
    return experiment;
  }

  @Override
  public List<VariantStatus> status() {
    List<PluginInfo> policies = List.of(new PluginInfo("scheduler", "orca", "b", "1.0.0", ""));
    VariantStatus.State state =
        stopped.getCount() > 0 ? VariantStatus.State.WAITING : VariantStatus.State.ENDED;
    return List.of(new VariantStatus("fast", state, 12345, 7, 10, 1.5, policies, "a note"));
  }

  @Override
  public void pause() {
    asked.add("pause");
  }

  @Override
  public void resume() {
    asked.add("resume");
  }

  @Override
  public void stop() {
    asked.add("stop");
    stopped.countDown();
  }

  @Override
  public void swap(String variant, PluginKind<?> kind, String name) {
    asked.add("swap " + variant + " " + kind.word() + " " + name);
  }

  @Override
  public RunResult await() throws InterruptedException {
    stopped.await();
    return result;
  }
}
