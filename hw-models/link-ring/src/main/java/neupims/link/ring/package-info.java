// SPDX-License-Identifier: Apache-2.0
/** The interconnect {@code ring}: {@code links, devices, bytes -> seconds}. */
package neupims.link.ring;
