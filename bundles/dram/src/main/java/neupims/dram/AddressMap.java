// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.Organization;

/**
 * Device byte addresses, from most to least significant: row, rank, bank group, bank, channel,
 * column [R]. A chunk is one row of one bank: {@code rowBytes} consecutive bytes of the device.
 * Chunks go round the channels; those of a channel, numbered from 0, go round its banks, which are
 * numbered rank, bank group, bank.
 */
final class AddressMap {
  private final Radix channels;
  private final Radix banks;
  private final Radix rowBytes;
  private final Radix accessBytes;
  private final int channelCount;
  private final int rowSize;
  private final long deviceBytes;
  private final long channelBytes;

  AddressMap(Organization organization) {
    channelCount = organization.channels();
    channels = new Radix(channelCount);
    rowSize = organization.rowBytes();
    banks = new Radix(organization.banks());
    rowBytes = new Radix(organization.rowBytes());
    accessBytes = new Radix(organization.accessBytes());
    deviceBytes = organization.bytes();
    channelBytes = organization.channelBytes();
  }

  /** Byte address of a byte of a channel. */
  long address(int channel, long channelByte) {
    if (channel < 0 || channel >= channelCount || channelByte < 0 || channelByte >= channelBytes) {
      throw new IllegalArgumentException(
          "byte %d of channel %d lies outside the memory's %d channels of %d bytes"
              .formatted(channelByte, channel, channelCount, channelBytes));
    }
    long chunk = rowBytes.quotient(channelByte) * channelCount + channel;
    return chunk * rowSize + rowBytes.remainder(channelByte);
  }

  /** Bytes of the device. */
  long deviceBytes() {
    return deviceBytes;
  }

  /** Chunk of the device that holds a byte. */
  long chunk(long address) {
    return rowBytes.quotient(address);
  }

  /** Access of its chunk that a byte belongs to. */
  int column(long address) {
    return (int) accessBytes.quotient(rowBytes.remainder(address));
  }

  /** Channel of a chunk of the device. */
  int channel(long chunk) {
    return channels.remainder(chunk);
  }

  /** Number, within its channel, of a chunk of the device. */
  long inChannel(long chunk) {
    return channels.quotient(chunk);
  }

  /** Bank of a chunk of a channel. */
  int bank(long inChannel) {
    return banks.remainder(inChannel);
  }

  /** Row of a chunk of a channel. */
  int row(long inChannel) {
    return (int) banks.quotient(inChannel);
  }
}
