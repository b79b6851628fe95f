// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

/**
 * The attention GEMVs of one layer on one device, and the PIM they run on.
 *
 * @param heads attention heads on the device
 * @param headDim values of a head
 * @param rowValues values that a row holds
 * @param banks banks of a channel
 */
public record GemvShape(int heads, int headDim, int rowValues, int banks) {}
