// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

/**
 * A replica as a router sees it: what it knew at the beginning of the iteration that is under way,
 * and the requests that have been sent to it since.
 *
 * @param waiting requests sent to it and not in service, those in a prefill pool among them, which
 *     are seen as they are
 * @param running requests in service
 * @param outstandingTokens work that its requests still want: output tokens to come and, where
 *     prompts cost work, prompts without a first token; a real router has to predict the former
 * @param kvFraction share of its blocks of KV cache in use, 0 to 1
 */
public record ReplicaState(int waiting, int running, long outstandingTokens, double kvFraction) {
  /** Requests sent to it and not finished. */
  public int requests() {
    return waiting + running;
  }
}
