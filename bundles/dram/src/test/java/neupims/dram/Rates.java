// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.lang.management.ManagementFactory;
import neupims.api.hw.Command;
import neupims.api.hw.MemoryCounters;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What a session does in a second of the benchmark, each field a line of JMH's table. The part of
 * the second that its thread had a core is a line too: rates divided by it are rates of a core of
 * its own.
 */
@AuxCounters
@State(Scope.Thread)
public class Rates {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The only one of the tests' memories. */
  private static final int CHANNEL = 0;

  private static final Command[] COMMANDS = Command.values();

  /** Simulated cycles of the channel. */
  public long cycles;

  /** Reads issued. */
  public long reads;

  /** Commands issued, of whatever kind. */
  public long commands;

  /** Seconds in which the thread had a core. */
  public double cpuSeconds;

  /** Bytes that the session allocated; what the benchmark submits to it is not among them. */
  public long sessionBytes;

  private long cyclesBefore;
  private long readsBefore;
  private long commandsBefore;
  private long cpuBefore;
  private long bytesBefore;

  void start(MemoryDriver driver) {
    cyclesBefore = driver.session.now();
    readsBefore = driver.session.counters().commands(CHANNEL, Command.RD);
    commandsBefore = commands(driver.session.counters());
    cpuBefore = THREADS.getCurrentThreadCpuTime();
    bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
  }

  void end(MemoryDriver driver) {
    sessionBytes += THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
    cpuSeconds += (THREADS.getCurrentThreadCpuTime() - cpuBefore) * 1e-9;
    cycles += driver.session.now() - cyclesBefore;
    reads += driver.session.counters().commands(CHANNEL, Command.RD) - readsBefore;
    commands += commands(driver.session.counters()) - commandsBefore;
  }

  private static long commands(MemoryCounters counters) {
    long sum = 0;
    for (Command command : COMMANDS) {
      sum += counters.commands(CHANNEL, command);
    }
    return sum;
  }
}
