// SPDX-License-Identifier: Apache-2.0
package neupims.workloads;

/** Times of arrival. */
@FunctionalInterface
interface Arrivals {
  /**
   * When a request arrives, in nanoseconds; asked once for each id, in ascending order from 0, and
   * not descending.
   */
  double nanos(long id);
}
