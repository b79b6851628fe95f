// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.List;
import neupims.api.run.IterationLine;
import neupims.api.run.RequestLine;
import neupims.api.run.RunLog;
import neupims.api.run.RunObserver;

/** Keeps what happens in a run of one variant. */
record Recorder(List<RequestLine> lines, List<IterationLine> iterations) implements RunObserver {
  @Override
  public void progress(String variant, long done, long of) {
    // The lines tell more.
  }

  @Override
  public RunLog log(int index) {
    return new RunLog() {
      @Override
      public void request(RequestLine line) {
        lines.add(line);
      }

      @Override
      public void iteration(IterationLine line) {
        iterations.add(line);
      }
    };
  }
}
