// SPDX-License-Identifier: Apache-2.0
package neupims.placement.minload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import neupims.api.program.Resident;
import neupims.api.schedule.GemvEstimator;
import neupims.api.schedule.GemvShape;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.KvState;
import neupims.api.schedule.Newcomer;
import neupims.api.schedule.PlacementState;
import neupims.api.schedule.RunningRequest;
import neupims.api.unit.Parameters;
import neupims.api.workload.Request;

/**
 * A batch kept full: every request gains a token per iteration, one that has them all makes room
 * for the next of the stream, which is placed as it enters and stays ([P] sec. 6).
 */
final class SteadyState {
  private static final int CHANNELS = 32;
  private static final int WARM_UP = 2000;
  private static final int SNAPSHOTS = 10;
  private static final int BETWEEN = 500;

  private final KvPlacement placement;
  private final GemvEstimator estimator;
  private final GemvShape shape;
  private List<RunningRequest> running = new ArrayList<>();
  private long placed;

  SteadyState(KvPlacement placement, GemvEstimator estimator, GemvShape shape) {
    this.placement = placement;
    this.estimator = estimator;
    this.shape = shape;
  }

  /** Largest over mean load of the channels, mean over the snapshots. */
  double maxOverMean(Iterator<Request> requests, int batch) {
    double sum = 0;
    for (int iteration = 0; iteration <= WARM_UP + (SNAPSHOTS - 1) * BETWEEN; iteration++) {
      fill(requests, batch);
      if (iteration >= WARM_UP && (iteration - WARM_UP) % BETWEEN == 0) {
        sum += maxOverMean();
      }
      emit();
    }
    return sum / SNAPSHOTS;
  }

  private void fill(Iterator<Request> requests, int batch) {
    List<Request> entering = new ArrayList<>();
    List<Newcomer> newcomers = new ArrayList<>();
    while (running.size() + entering.size() < batch) {
      Request request = requests.next();
      entering.add(request);
      newcomers.add(new Newcomer(request.id(), request.promptTokens(), 1));
    }
    KvState kv = KvState.boundless(CHANNELS);
    var state =
        new PlacementState(
            CHANNELS, residents(), shape, estimator, kv, placed, 0, 1, Parameters.NONE);
    int[] channels = placement.place(state, newcomers);
    for (int i = 0; i < channels.length; i++) {
      running.add(resident(entering.get(i), channels[i], 0));
    }
    placed += channels.length;
  }

  private void emit() {
    running =
        new ArrayList<>(
            running.stream()
                .map(r -> resident(r.request(), r.channel(), r.generatedTokens() + 1))
                .filter(r -> r.generatedTokens() < r.request().outputTokens())
                .toList());
  }

  private static RunningRequest resident(Request request, int channel, int generated) {
    int cached = request.promptTokens() + generated - 1;
    return new RunningRequest(request, channel, generated, cached, 1);
  }

  private double maxOverMean() {
    long[] load = new long[CHANNELS];
    for (Resident resident : residents()) {
      load[resident.channel()] += estimator.estimateCycles(shape, resident.sequenceTokens());
    }
    return Arrays.stream(load).max().orElseThrow() * (double) CHANNELS / Arrays.stream(load).sum();
  }

  private List<Resident> residents() {
    return running.stream()
        .map(r -> new Resident(r.request().id(), r.channel(), r.knownTokens()))
        .toList();
  }
}
