// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.Arrays;

/** How many requests are with each replica and not finished, or {@link Sequence#UNROUTED}. */
final class InSystem {
  /** After the replicas is the place of those that are not routed yet. */
  private final int[] there;

  InSystem(int replicas) {
    there = new int[replicas + 1];
  }

  private int place(int replica) {
    return replica == Sequence.UNROUTED ? there.length - 1 : replica;
  }

  void arrived(int replica) {
    there[place(replica)]++;
  }

  void left(int replica) {
    there[place(replica)]--;
  }

  int at(int replica) {
    return there[place(replica)];
  }

  int all() {
    return Arrays.stream(there).sum();
  }
}
