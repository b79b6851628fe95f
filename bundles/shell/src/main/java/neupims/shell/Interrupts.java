// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

/**
 * While open, Ctrl-C interrupts the thread that opened it, and the process waits until that thread has written
 * down what is done.
 */
final class Interrupts implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 10_000;

  private final Thread hook;

  private Interrupts(Thread worker) {
    hook =
        new Thread(
            () -> {
              worker.interrupt();
              try {
                worker.join(PATIENCE_MILLIS);
              } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
              }
            },
            "neupims-interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  static Interrupts ofThisThread() {
    return new Interrupts(Thread.currentThread());
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook runs already: the interrupt that it gave has ended the work, which is what closes this.
      Thread.interrupted();
    }
  }
}
