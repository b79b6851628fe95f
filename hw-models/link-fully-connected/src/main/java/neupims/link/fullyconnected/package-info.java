// SPDX-License-Identifier: Apache-2.0
/** The interconnect {@code fully-connected}: {@code links, devices, bytes -> seconds}. */
package neupims.link.fullyconnected;
