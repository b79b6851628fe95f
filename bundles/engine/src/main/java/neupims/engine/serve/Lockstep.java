// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.Optional;
import java.util.concurrent.Exchanger;
import neupims.api.metric.DeviceReport;
import neupims.api.run.FidelityReport;

/**
 * Two runs that wait for each other after every program, until one does what the other does not.
 * Each has its own thread and one of the two devices.
 */
final class Lockstep {
  /**
   * What a run has done.
   *
   * @param compiled the program, null at the end of the run
   * @param commands of the device, as a digest
   * @param report of the device
   */
  record Move(Compiled compiled, long commands, DeviceReport report) {
    static final Move END = new Move(null, 0, null);

    boolean same(Move other) {
      if (compiled == null || other.compiled == null) {
        return compiled == other.compiled;
      }
      return commands == other.commands
          && compiled.iteration() == other.compiled.iteration()
          && compiled.program().equals(other.compiled.program());
    }
  }

  /** Ends a run that has parted from the other. */
  static final class Parted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Parted() {
      super("parted", null, false, false);
    }
  }

  private final Exchanger<Move> exchanger = new Exchanger<>();

  /** One run's device. */
  final class Side implements ProgramDevice {
    private final DigestingDevice device;
    private Move last = Move.END;
    private long moves;
    private boolean over;

    Side(DigestingDevice device) {
      this.device = device;
    }

    @Override
    public DeviceReport run(Compiled compiled) {
      DeviceReport report = device.run(compiled);
      moves++;
      if (!meet(new Move(compiled, device.commands(), report))) {
        throw new Parted();
      }
      return report;
    }

    private boolean meet(Move mine) {
      last = mine.compiled() == null ? last : mine;
      try {
        Move other = exchanger.exchange(mine);
        over = mine.compiled() == null || !mine.same(other);
        return !over;
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        over = true;
        throw new Parted();
      }
    }

    /** The run is over: the other shall not wait. */
    @Override
    public void close() {
      if (!over) {
        over = true;
        meet(Move.END);
      }
    }

    @Override
    public boolean exchanges() {
      return device.exchanges();
    }

    @Override
    public Optional<FidelityReport> fidelity() {
      return Optional.empty();
    }

    /** What it did last. */
    Move last() {
      return last;
    }

    /** Programs that it ran. */
    long moves() {
      return moves;
    }
  }
}
