// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.io.PrintStream;

/**
 * What commands work with.
 *
 * @param services what they call
 * @param out results
 * @param err progress, warnings, errors
 */
record Platform(Services services, PrintStream out, PrintStream err) {
  /** The same, printing elsewhere. */
  Platform printing(PrintStream newOut, PrintStream newErr) {
    return new Platform(services, newOut, newErr);
  }
}
