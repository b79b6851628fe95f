// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

/** Requests go straight into the line; their prompts are worked on in service, or nowhere. */
final class DirectIntake implements Intake {
  private final Entrance entrance;
  private final WaitingLine line;
  private final int limit;
  private final boolean worksOnPrompts;

  /**
   * An intake.
   *
   * @param limit most requests in the line; the others wait unread in the source
   * @param worksOnPrompts whether prompts cost work in service
   */
  DirectIntake(Entrance entrance, WaitingLine line, int limit, boolean worksOnPrompts) {
    this.entrance = entrance;
    this.line = line;
    this.limit = limit;
    this.worksOnPrompts = worksOnPrompts;
  }

  @Override
  public void advance(long nowNanos) {
    while (line.size() < limit && entrance.nextNanos() <= nowNanos) {
      add(entrance.take());
    }
  }

  @Override
  public long nextNanos() {
    return entrance.nextNanos();
  }

  @Override
  public void again(Sequence sequence, long nowNanos) {
    add(sequence);
  }

  @Override
  public int underWay() {
    return 0;
  }

  private void add(Sequence sequence) {
    sequence.cached = worksOnPrompts ? 0 : sequence.known() - 1;
    line.add(sequence);
  }
}
