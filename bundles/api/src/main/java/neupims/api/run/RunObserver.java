// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whoever has an experiment run. Hears of its progress, from the threads of the variants, one at a
 * time.
 */
@ConsumerType
public interface RunObserver {
  /** Hears nothing. */
  RunObserver NONE = (variant, done, of) -> {};

  /** It has begun. Called once, on the thread that begins it. */
  default void started(LiveRun run) {}

  /**
   * A variant has come further.
   *
   * @param variant name of the variant
   * @param done what it has done so far: iterations simulated where it takes snapshots, requests
   *     served otherwise
   * @param of what it will do, 0 when nobody knows
   */
  void progress(String variant, long done, long of);

  /**
   * Something that a user should know at once, such as a plug-in that a variant waits for.
   *
   * @param variant name of the variant
   * @param line what it is
   */
  default void notice(String variant, String line) {}

  /**
   * Where files of the run belong, an existing directory; empty for none. Asked before it begins.
   */
  default Optional<Path> directory() {
    return Optional.empty();
  }

  /**
   * Whether the directory holds what an earlier run of the same experiment has kept when it ended
   * early, and the run goes on from there. If not, what it holds of another run is removed.
   */
  default boolean resumes() {
    return false;
  }

  /**
   * Who wants to hear the details of a variant's serving run; asked once, before it begins.
   *
   * @param index of the variant in the experiment
   */
  default RunLog log(int index) {
    return RunLog.NONE;
  }

  /**
   * How many variants may run at once, at least 1; asked once, before they begin. Results do not
   * depend on it.
   */
  default int threads() {
    return Runtime.getRuntime().availableProcessors();
  }
}
