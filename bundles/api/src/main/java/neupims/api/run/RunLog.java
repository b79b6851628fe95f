// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears of what happens in one variant's serving run as it happens; from one thread. */
@ConsumerType
public interface RunLog {
  /** Hears nothing. */
  RunLog NONE = new RunLog() {};

  /** A request was served. */
  default void request(RequestLine line) {}

  /** An iteration is over. */
  default void iteration(IterationLine line) {}
}
