// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.Organization;

/**
 * Device byte addresses, from most to least significant: row, rank, bank group, bank, channel,
 * column [R]. A chunk is one row of one bank: {@code rowBytes} consecutive bytes of the device.
 * Banks of a channel are numbered rank, bank group, bank from 0.
 */
final class AddressMap {
  private final int channels;
  private final int banks;
  private final int rowBytes;
  private final long deviceBytes;
  private final long channelBytes;

  AddressMap(Organization organization) {
    channels = organization.channels();
    banks = organization.banks();
    rowBytes = organization.rowBytes();
    deviceBytes = organization.bytes();
    channelBytes = organization.channelBytes();
  }

  /** Byte address of a byte of a channel. */
  long address(int channel, long channelByte) {
    if (channel < 0 || channel >= channels || channelByte < 0 || channelByte >= channelBytes) {
      throw new IllegalArgumentException(
          "byte %d of channel %d lies outside the memory's %d channels of %d bytes"
              .formatted(channelByte, channel, channels, channelBytes));
    }
    long chunk = channelByte / rowBytes;
    return (chunk * channels + channel) * rowBytes + channelByte % rowBytes;
  }

  /** Bytes of the device. */
  long deviceBytes() {
    return deviceBytes;
  }

  /** Chunk of the device that holds a byte. */
  long chunk(long address) {
    return address / rowBytes;
  }

  /** Offset of a byte in its chunk. */
  int offset(long address) {
    return (int) (address % rowBytes);
  }

  /** Channel of a chunk. */
  int channel(long chunk) {
    return (int) (chunk % channels);
  }

  /** Bank, within its channel, of a chunk. */
  int bank(long chunk) {
    return (int) (chunk / channels % banks);
  }

  /** Row of a chunk. */
  int row(long chunk) {
    return (int) (chunk / channels / banks);
  }
}
