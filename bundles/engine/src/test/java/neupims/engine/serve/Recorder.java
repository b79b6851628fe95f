// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import neupims.api.run.IterationLine;
import neupims.api.run.RequestLine;
import neupims.api.run.RunLog;
import neupims.api.run.RunObserver;

/** Keeps what is heard of runs, until it is cleared. */
final class Recorder implements RunObserver {
  final List<RequestLine> requests = Collections.synchronizedList(new ArrayList<>());
  final List<IterationLine> iterations = Collections.synchronizedList(new ArrayList<>());

  /** Lines for the user, each with its variant. */
  final List<String> notices = Collections.synchronizedList(new ArrayList<>());

  private final Optional<Path> directory;

  /** What the next run does. */
  boolean resumes;

  int threads = 2;

  /** Of runs without files. */
  Recorder() {
    directory = Optional.empty();
  }

  /** Of runs with files. */
  Recorder(Path directory) {
    this.directory = Optional.of(directory);
  }

  void clear() {
    requests.clear();
    iterations.clear();
    notices.clear();
  }

  @Override
  public void progress(String variant, long done, long of) {
    // The lines tell more.
  }

  @Override
  public void notice(String variant, String line) {
    notices.add(variant + ": " + line);
  }

  @Override
  public Optional<Path> directory() {
    return directory;
  }

  @Override
  public boolean resumes() {
    return resumes;
  }

  @Override
  public int threads() {
    return threads;
  }

  @Override
  public RunLog log(int index) {
    return new RunLog() {
      @Override
      public void request(RequestLine line) {
        requests.add(line);
      }

      @Override
      public void iteration(IterationLine line) {
        iterations.add(line);
      }
    };
  }
}
