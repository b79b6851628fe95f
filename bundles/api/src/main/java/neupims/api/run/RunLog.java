// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears of what happens in one variant's serving run as it happens; from one thread. */
@ConsumerType
public interface RunLog {
  /** Hears nothing. */
  RunLog NONE = new RunLog() {};

  /** A request was served. */
  default void request(RequestLine line) {}

  /**
   * Something has happened that was not foreseen.
   *
   * @param all the swaps that have the same happen again, in order, those before included
   */
  default void swapped(List<Swap> all) {}

  /** The run begins again, knowing more: what was heard of requests and iterations is forgotten. */
  default void restarted() {}

  /** An iteration is over. */
  default void iteration(IterationLine line) {}
}
