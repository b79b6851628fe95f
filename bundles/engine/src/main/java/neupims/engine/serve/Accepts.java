// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

/** The engine's check of what came back. */
interface Accepts<R> {
  /**
   * The same.
   *
   * @throws Trouble if it breaks the policy's contract
   */
  R of(R result);
}
