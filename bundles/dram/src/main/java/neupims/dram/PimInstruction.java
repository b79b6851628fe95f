// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

/**
 * One instruction of a GEMV's stream, filled in by a {@link GemvLowering.Cursor} and reused from
 * call to call.
 */
public final class PimInstruction {
  /** What an instruction does. */
  public enum Kind {
    /** Copy the operand row into the channel's global buffer. */
    GWRITE,
    /** Announce a tile: its row, compute steps and result reads. */
    HEADER,
    /** Compute steps on the tile's row, in a composite command with the result read. */
    COMPUTE,
    /** Read the result of the steps before. */
    READ_RESULT
  }

  private Kind kind;
  private int row;
  private int steps;
  private int results;
  private boolean last;

  /** An empty instruction to be filled in. */
  public PimInstruction() {}

  private void set(Kind toKind, int toRow, int toSteps, int toResults) {
    kind = toKind;
    row = toRow;
    steps = toSteps;
    results = toResults;
    last = false;
  }

  /** Makes it a copy of the operand row into the global buffer. */
  public void gwrite() {
    set(Kind.GWRITE, -1, 0, 0);
  }

  /**
   * Makes it a tile's header.
   *
   * @param tileRow row of the tile in every bank
   * @param totalSteps compute steps on it, as announced
   * @param resultReads result reads
   */
  public void header(int tileRow, int totalSteps, int resultReads) {
    set(Kind.HEADER, tileRow, totalSteps, resultReads);
  }

  /**
   * Makes it compute steps.
   *
   * @param tileRow row of the tile in every bank
   * @param count steps
   * @param withResult whether the result is read by the same command
   */
  public void compute(int tileRow, int count, boolean withResult) {
    set(Kind.COMPUTE, tileRow, count, withResult ? 1 : 0);
  }

  /** Makes it a result read. */
  public void readResult() {
    set(Kind.READ_RESULT, -1, 0, 1);
  }

  /** Marks it as its job's last. */
  public void markLast() {
    last = true;
  }

  /** What it does. */
  public Kind kind() {
    return kind;
  }

  /** Row of the tile, -1 for none. */
  public int row() {
    return row;
  }

  /** Compute steps, of the whole tile in a header. */
  public int steps() {
    return steps;
  }

  /** Result reads, of the whole tile in a header. */
  public int results() {
    return results;
  }

  /** Whether its job ends with it. */
  public boolean last() {
    return last;
  }
}
