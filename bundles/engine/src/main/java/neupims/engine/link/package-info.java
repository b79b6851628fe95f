// SPDX-License-Identifier: Apache-2.0
/**
 * Communication between the devices that share a model: {@code Program (partial sums) +
 * DeviceReport + Interconnect -> DeviceReport with communication}.
 */
package neupims.engine.link;
