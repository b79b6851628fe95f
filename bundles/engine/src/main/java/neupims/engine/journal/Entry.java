// SPDX-License-Identifier: Apache-2.0
package neupims.engine.journal;

import neupims.api.metric.DeviceReport;

/**
 * A program and what the device made of it.
 *
 * @param iteration number of the iteration on its replica
 * @param replica whose it is, -1 for none
 * @param digest of the program
 * @param report the device's
 */
record Entry(long iteration, int replica, long digest, DeviceReport report) {}
