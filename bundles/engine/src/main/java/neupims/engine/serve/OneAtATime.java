// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.nio.file.Path;
import java.util.Optional;
import neupims.api.run.LiveRun;
import neupims.api.run.RunLog;
import neupims.api.run.RunObserver;

/** An observer that hears of several variants, one at a time. */
record OneAtATime(RunObserver observer, Object lock) implements RunObserver {
  @Override
  public void started(LiveRun run) {
    observer.started(run);
  }

  @Override
  public void progress(String variant, long done, long of) {
    synchronized (lock) {
      observer.progress(variant, done, of);
    }
  }

  @Override
  public void notice(String variant, String line) {
    synchronized (lock) {
      observer.notice(variant, line);
    }
  }

  @Override
  public Optional<Path> directory() {
    return observer.directory();
  }

  @Override
  public boolean resumes() {
    return observer.resumes();
  }

  @Override
  public RunLog log(int index) {
    return observer.log(index);
  }

  @Override
  public int threads() {
    return observer.threads();
  }
}
