// SPDX-License-Identifier: Apache-2.0
package neupims.workloads.trace;

import java.io.IOException;
import java.io.Reader;

/** The text of a trace, which can be read more than once. */
interface TraceText {
  /** The file, for messages. */
  String name();

  /** The text from its beginning. */
  Reader open() throws IOException;
}
