// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import neupims.api.hw.Organization;
import org.junit.jupiter.api.Test;

/**
 * Patterns as the reference figures describe them, on a channel of 2 x 4 x 4 banks and 1 KB rows.
 */
class StreamPatternTest {
  private static final Organization HBM2 = new Organization(32, 2, 4, 4, 32768, 1024, 64);
  private static final long ROW_OF_ALL_BANKS = 32 * 1024;

  @Test
  void seqWalksColumnsThenBanksThenRows() {
    assertEquals(64, StreamPattern.SEQ.channelByte(HBM2, 1));
    assertEquals(1024, StreamPattern.SEQ.channelByte(HBM2, 16));
    assertEquals(ROW_OF_ALL_BANKS, StreamPattern.SEQ.channelByte(HBM2, 512));
  }

  @Test
  void samebankTakesANewRowOfOneBankEachTimeAndBeginsAnewAtTheLast() {
    assertEquals(ROW_OF_ALL_BANKS, StreamPattern.SAMEBANK.channelByte(HBM2, 1));
    assertEquals(0, StreamPattern.SAMEBANK.channelByte(HBM2, 32768));
  }

  @Test
  void bankrrTakesTheNextBankAndANewRowAtEachVisit() {
    assertEquals(1024, StreamPattern.BANKRR.channelByte(HBM2, 1));
    assertEquals(ROW_OF_ALL_BANKS, StreamPattern.BANKRR.channelByte(HBM2, 32));
  }

  @Test
  void bgrrTakesTheNextBankGroupThenTheNextColumn() {
    assertEquals(4 * 1024, StreamPattern.BGRR.channelByte(HBM2, 1));
    assertEquals(64, StreamPattern.BGRR.channelByte(HBM2, 4));
    assertEquals(1024, StreamPattern.BGRR.channelByte(HBM2, 64));
  }

  @Test
  void accessesInARowAreThoseThatFollowEachOtherInOneRow() {
    assertEquals(16, StreamPattern.SEQ.inARow(HBM2, 0));
    assertEquals(1, StreamPattern.SEQ.inARow(HBM2, 31));
    assertEquals(1, StreamPattern.BGRR.inARow(HBM2, 0));
    for (StreamPattern pattern : StreamPattern.values()) {
      for (int i = 0; i < 2000; i += pattern.inARow(HBM2, i)) {
        long first = pattern.channelByte(HBM2, i);
        for (int more = 1; more < pattern.inARow(HBM2, i); more++) {
          assertEquals(first + more * 64L, pattern.channelByte(HBM2, i + more), pattern + " " + i);
        }
      }
    }
  }
}
