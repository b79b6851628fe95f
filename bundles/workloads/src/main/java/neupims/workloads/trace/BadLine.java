// SPDX-License-Identifier: Apache-2.0
package neupims.workloads.trace;

/** A line that is no request: line, column, value, and what is allowed. */
final class BadLine extends Exception {
  private static final long serialVersionUID = 1;

  /** Without a stack trace, as a lenient reader meets many. */
  BadLine(String message) {
    super(message, null, false, false);
  }

  /**
   * A cell's problem.
   *
   * @param line number of the line from 1
   * @param column number of the column from 1
   * @param name of the column
   */
  static BadLine at(long line, int column, String name, String why) {
    return new BadLine("line %d, column %d (%s): %s".formatted(line, column, name, why));
  }
}
