// SPDX-License-Identifier: Apache-2.0
package neupims.dropins;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls other people's constructors and activators for so long. One that hangs keeps its thread,
 * which cannot be taken from it, and nothing else.
 *
 * @param seconds wall time
 */
record Patience(long seconds) {
  /**
   * The result of a call on a thread of its own.
   *
   * @throws TimeoutException if it does not return in time; the message says so
   * @throws Exception what the call throws; an error comes as the cause of an exception
   */
  <T> T call(Callable<T> what) throws Exception {
    FutureTask<T> task = new FutureTask<>(what);
    Thread thread = new Thread(task, "neupims-drop-in");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      thread.interrupt();
      throw new TimeoutException("does not return within " + seconds + " s");
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new TimeoutException("was interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception thrown ? thrown : e;
    }
  }
}
