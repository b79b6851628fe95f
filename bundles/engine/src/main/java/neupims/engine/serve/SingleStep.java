// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import neupims.api.metric.DeviceReport;
import neupims.api.program.Resident;
import neupims.api.run.BatchEntry;
import neupims.api.run.StepResult;
import neupims.api.run.Variant;
import neupims.api.schedule.KvState;
import neupims.api.schedule.Newcomer;
import neupims.api.unit.InputException;
import neupims.engine.energy.EnergyModel;

/** One decode iteration of a given batch. */
final class SingleStep {
  private final Variant variant;
  private final Wiring wiring;
  private final Policies policies;
  private final KvBudget budget;
  private final BatchRunner runner;

  SingleStep(Variant variant, Wiring wiring, Policies policies, ProgramDevice device) {
    this.variant = variant;
    this.wiring = wiring;
    this.policies = policies;
    budget = KvBudget.of(variant, wiring);
    runner = new BatchRunner(variant, wiring, policies, device);
  }

  StepResult run(List<BatchEntry> batch) {
    check(batch);
    List<Resident> residents = place(batch);
    double kvPeak = budget.peakFraction(residents);
    List<String> warnings = new ArrayList<>();
    if (kvPeak > 1) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the batch over-commits the KV cache: the fullest channel needs %.2f times its"
                  + " capacity",
              kvPeak));
    }
    EnergyModel.missing(variant.system()).ifPresent(warnings::add);
    DeviceReport report = runner.simulate(residents, List.of(), List.of(), 0, Compiled.NO_REPLICA);
    long stepCycles = Pipeline.stepCycles(variant.shard(), report);
    return new StepResult(
        variant,
        residents.size(),
        report,
        stepCycles,
        Pipeline.communicationCycles(variant.shard(), report),
        variant.system().memory().clock().seconds(stepCycles),
        Pipeline.stepEnergy(variant.shard(), report),
        kvPeak,
        warnings,
        policies.withBound(wiring));
  }

  private void check(List<BatchEntry> batch) {
    if (batch.isEmpty()) {
      throw new InputException("the batch is empty: a step needs at least one request");
    }
    for (int i = 0; i < batch.size(); i++) {
      BatchEntry entry = batch.get(i);
      String refusal = budget.refusal(entry.sequenceTokens());
      if (refusal != null) {
        throw new InputException(where(entry, i) + ": " + refusal);
      }
      if (entry.channel() >= runner.channels() && variant.system().accelerator().isEmpty()) {
        throw new InputException(
            "%s: channel %d, but memory %s has channels 0 to %d"
                .formatted(
                    where(entry, i),
                    entry.channel(),
                    variant.system().memory().name(),
                    runner.channels() - 1));
      }
    }
  }

  private static String where(BatchEntry entry, int index) {
    return entry.origin().isEmpty()
        ? "request %d of the batch".formatted(index + 1)
        : entry.origin();
  }

  /** The same file will do for a whole device, which has no channels to place requests in. */
  private boolean unplaced(BatchEntry entry) {
    return entry.channel() == BatchEntry.UNPLACED || variant.system().accelerator().isPresent();
  }

  /** A channel in the file wins over the placement policy; the others are placed around those. */
  private List<Resident> place(List<BatchEntry> batch) {
    List<Resident> given = new ArrayList<>();
    List<Newcomer> newcomers = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      BatchEntry entry = batch.get(i);
      if (unplaced(entry)) {
        long blocks = budget.pages().blocks(entry.sequenceTokens());
        newcomers.add(new Newcomer(i, entry.sequenceTokens(), blocks));
      } else {
        given.add(new Resident(i, entry.channel(), entry.sequenceTokens()));
      }
    }
    // A batch is what it is: one that over-commits the cache is placed as if there were room.
    KvState boundless = KvState.boundless(budget.regions());
    int[] placed = runner.place(given, newcomers, boundless, 0, 0);
    List<Resident> residents = new ArrayList<>(batch.size());
    int next = 0;
    for (int i = 0; i < batch.size(); i++) {
      BatchEntry entry = batch.get(i);
      int channel = unplaced(entry) ? placed[next++] : entry.channel();
      residents.add(new Resident(i, channel, entry.sequenceTokens()));
    }
    return residents;
  }
}
