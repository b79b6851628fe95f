// SPDX-License-Identifier: Apache-2.0
/** The interconnect {@code none}: {@code links, devices, bytes -> seconds}. */
package neupims.link.none;
