// SPDX-License-Identifier: Apache-2.0
/** Interconnects: {@code links, devices, bytes -> seconds}. */
package neupims.links;
