// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

/**
 * How a memory is built. Capacity of a channel = ranks x bankGroups x banksPerGroup x rows x
 * rowBytes.
 *
 * @param channels independent channels of the device
 * @param ranks ranks (pseudo channels' stack ids) of a channel
 * @param bankGroups bank groups of a rank
 * @param banksPerGroup banks of a bank group
 * @param rows rows of a bank
 * @param rowBytes bytes of a row (the row buffer's size)
 * @param accessBytes bytes that one read or write moves (bus width x burst length)
 */
public record Organization(
    int channels,
    int ranks,
    int bankGroups,
    int banksPerGroup,
    int rows,
    int rowBytes,
    int accessBytes) {

  /** Banks of a channel. */
  public int banks() {
    return ranks * bankGroups * banksPerGroup;
  }

  /** Accesses that a row holds. */
  public int columns() {
    return rowBytes / accessBytes;
  }

  /** Bytes of a channel. */
  public long channelBytes() {
    return (long) banks() * rows * rowBytes;
  }

  /** Bytes of the device. */
  public long bytes() {
    return channelBytes() * channels;
  }
}
