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

  /**
   * Checks that a row is a whole number of accesses.
   *
   * @throws IllegalArgumentException if it is not, or a count is under 1
   */
  public Organization {
    int least =
        Math.min(
            Math.min(Math.min(channels, ranks), Math.min(bankGroups, banksPerGroup)),
            Math.min(rows, Math.min(rowBytes, accessBytes)));
    if (least < 1) {
      throw new IllegalArgumentException("every count of a memory's organization is at least 1");
    }
    if (rowBytes % accessBytes != 0) {
      throw new IllegalArgumentException(
          "rowBytes (%d) must be a multiple of accessBytes (%d)".formatted(rowBytes, accessBytes));
    }
  }

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
