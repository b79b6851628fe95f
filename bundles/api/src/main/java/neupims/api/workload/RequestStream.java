// SPDX-License-Identifier: Apache-2.0
package neupims.api.workload;

import java.util.Iterator;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Requests, one after the other, and what the user should know about where they come from. */
@ConsumerType
public interface RequestStream extends Iterator<Request>, AutoCloseable {
  /** Lines of the source's file that are no requests and were left out, as was asked for. */
  default long linesSkipped() {
    return 0;
  }

  /** What the user should know, a line each; known from the beginning. */
  default List<String> warnings() {
    return List.of();
  }

  /** Closes files; nothing can be read any more. May be called twice. */
  @Override
  default void close() {}
}
