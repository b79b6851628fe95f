// SPDX-License-Identifier: Apache-2.0
package neupims.dram.check;

/** A bank: its row buffers and its last column commands. */
final class BankTrack {
  final RowBuffer mem = new RowBuffer();
  final RowBuffer pim;
  IssuedCommand read;
  IssuedCommand write;
  IssuedCommand gwrite;

  BankTrack(boolean dual) {
    pim = dual ? new RowBuffer() : mem;
  }
}
