// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import neupims.api.hw.CommandSink;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Organization;
import neupims.api.hw.Transfer;
import neupims.api.model.AttentionShape;
import neupims.api.program.Resident;
import neupims.api.program.Tensor;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static final MemorySpec SPEC = StreamMemory.spec(Bench.HERTZ);
  private static final Organization ORGANIZATION = SPEC.organization();
  private static final int ROW = 1024;
  private static final int STRIPE = StreamMemory.STRIPE;

  private final MemorySession memory = new StreamMemory(false, true).open(SPEC, CommandSink.NONE);

  @Test
  void tensorsFollowEachOtherFromStripeToStripeAndTheCacheBeginsOnAWholeTile() {
    MemoryMap map = map(100, STRIPE, STRIPE + 1);
    assertEquals(0, map.tensorBase()[0]);
    assertEquals(STRIPE, map.tensorBase()[1]);
    assertEquals(2 * STRIPE, map.tensorBase()[2]);
    assertEquals(32 * STRIPE, map.cacheBase()); // a row of each of 32 banks of each channel
  }

  @Test
  void anOwnAddressCoversWholeAccesses() {
    Transfer transfer = new Transfer(false, 1);
    new OwnAddresses(map(1000, 1000), memory).tensor(transfer, 5, 1, 100, 30);
    assertEquals(STRIPE + 64, transfer.address(0));
    assertEquals(128, transfer.bytes(0));
    assertEquals(5, transfer.fromCycle(0));
  }

  @Test
  void scoresLieInTheRowsOfTheirChannel() {
    Transfer transfer = new Transfer(true, 1);
    new OwnAddresses(map(1000), memory).scores(transfer, 0, 9, 40, ROW - 64, 128);
    assertEquals(2, transfer.slots());
    long channelByte = 40L * 32 * ROW + ROW - 64;
    assertEquals(memory.address(9, channelByte), transfer.address(0));
    assertEquals(memory.address(9, channelByte + 64), transfer.address(1));
    assertEquals(64, transfer.bytes(0));
  }

  @Test
  void runningAddressesGoRoundTheChannelsAndThenTheBankGroups() {
    var placement = new RunningAddresses(map(1000), memory);
    Transfer transfer = new Transfer(false, 8);
    for (int i = 0; i < 5; i++) {
      placement.tensor(transfer, 0, 0, 0, STRIPE);
    }
    // Rows of a channel by bank: group 1 begins at its bank 4, the second bank of group 0 is 1.
    long[] banks = {0, 4, 8, 12, 1};
    for (int i = 0; i < 5; i++) {
      assertEquals(memory.address(0, banks[i] * ROW), transfer.address(i));
      assertEquals(STRIPE, transfer.bytes(i));
    }
  }

  @Test
  void aRunningAddressGivesEachChannelItsShareOfASmallOperand() {
    var placement = new RunningAddresses(map(1000), memory);
    Transfer transfer = new Transfer(false, 8);
    placement.tensor(transfer, 0, 0, 0, 40 * 64); // 40 accesses over 32 channels
    assertEquals(32, transfer.slots());
    for (int c = 0; c < 32; c++) {
      assertEquals(memory.address(c, 0), transfer.address(c));
      assertEquals(c < 8 ? 128 : 64, transfer.bytes(c));
    }
    placement.tensor(transfer, 0, 0, 0, 64); // the 41st goes to channel 8
    assertEquals(memory.address(8, 64), transfer.address(32));
  }

  @Test
  void tilesOfAResidentFollowEachOtherAndAFullChannelBeginsAnew() {
    KvMap cache = new KvMap(new StreamMemory.TokenTiles(), map(1000));
    // 100,000 tokens: 3,125 x 2 tiles of K, 196 x 4 x 8 = 6,272 of V, one of scores: 12,523.
    Resident[] residents = new Resident[3];
    for (int r = 0; r < residents.length; r++) {
      residents[r] = new Resident(r, 2, 100_000);
      cache.place(residents[r], AttentionShape.multiHead(8, 128), 100);
    }
    assertEquals(1, cache.keys(residents[0])); // tile 0 holds the tensors
    assertEquals(1 + 6_250, cache.values(residents[0]));
    assertEquals(1 + 12_522, cache.scores(residents[0]));
    assertEquals(1 + 12_523, cache.keys(residents[1]));
    assertEquals(1, cache.keys(residents[2])); // 37,569 tiles exceed the 32,767 above the tensors
  }

  private static MemoryMap map(long... bytes) {
    List<Tensor> tensors = new ArrayList<>();
    for (long b : bytes) {
      tensors.add(new Tensor("t" + tensors.size(), b, Tensor.Kind.ACTIVATION));
    }
    return MemoryMap.of(ORGANIZATION, tensors, false);
  }
}
