// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    new OwnAddresses(map(1000), memory).tiles(transfer, 0, 9, 40, ROW - 64, 128);
    assertEquals(2, transfer.slots());
    long channelByte = 40L * 32 * ROW + ROW - 64;
    assertEquals(memory.address(9, channelByte), transfer.address(0));
    assertEquals(memory.address(9, channelByte + 64), transfer.address(1));
    assertEquals(64, transfer.bytes(0));
  }

  @Test
  void runningAddressesGoRoundTheChannelsThenTheBanksOfAGroup() {
    RunningAddresses placement = running();
    Transfer transfer = new Transfer(false, 8);
    placement.tensor(transfer, 0, 0, 0, STRIPE - 64); // the first operand begins an access late
    int[] nextSlot = new int[5];
    for (int i = 0; i < 5; i++) {
      nextSlot[i] = transfer.slots();
      placement.tensor(transfer, 0, 0, 0, STRIPE);
    }
    for (int i = 0; i < 5; i++) {
      for (int c = 0; c < 32; c++) {
        long row = memory.address(c, (i + 1L) * ROW); // banks 1 to 5 of the channel
        assertEquals(row, transfer.address(nextSlot[i] + c));
        assertEquals(ROW, transfer.bytes(nextSlot[i] + c));
      }
    }
  }

  @Test
  void aRunningAddressGivesEachChannelItsShareOfASmallOperand() {
    RunningAddresses placement = running();
    Transfer transfer = new Transfer(false, 8);
    placement.tensor(transfer, 0, 0, 0, 40 * 64); // accesses 1 to 40 over 32 channels
    assertEquals(32, transfer.slots());
    for (int c = 0; c < 32; c++) {
      assertEquals(memory.address(c, c == 0 ? 64 : 0), transfer.address(c));
      assertEquals(c >= 1 && c <= 8 ? 128 : 64, transfer.bytes(c));
    }
    placement.tensor(transfer, 0, 0, 0, 64); // the 41st goes to channel 9
    assertEquals(memory.address(9, 64), transfer.address(32));
  }

  @Test
  void aWriteAfterAReadBeginsWithTheAccessInWhichTheReadEnded() {
    RunningAddresses placement = running();
    Transfer read = new Transfer(false, 8);
    placement.tensor(read, 0, 0, 0, 2 * 64); // accesses 1 and 2
    Transfer write = new Transfer(true, 8);
    placement.tensor(write, 0, 0, 0, 64); // 2 again, and 3
    assertEquals(2, write.slots());
    assertEquals(memory.address(2, 0), write.address(0));
    assertEquals(memory.address(3, 0), write.address(1));
    placement.tensor(write, 0, 0, 0, 64);
    assertEquals(memory.address(4, 0), write.address(2));
  }

  @Test
  void ofABlockInTwoRowsEachIsTouchedInTheOrderOfAHashTable() {
    RunningAddresses placement = running();
    Transfer transfer = new Transfer(false, 8);
    placement.tensor(transfer, 0, 0, 0, STRIPE / 2 - 64); // 8 of 16 columns of every row
    int first = transfer.slots();
    placement.tensor(transfer, 0, 0, 0, STRIPE);
    int runs = 0;
    long[] left = new long[2];
    for (int s = first; s < transfer.slots(); s++) {
      for (int row = 0; row < 2; row++) {
        long begin = memory.address(7, row * (long) ROW);
        if (transfer.address(s) >= begin && transfer.address(s) < begin + ROW) {
          left[row] += transfer.bytes(s);
          runs++;
        }
      }
    }
    assertEquals(ROW / 2, left[0]);
    assertEquals(ROW / 2, left[1]);
    assertTrue(runs > 2, "the rows take turns");
  }

  @Test
  void runningAddressesBeginAnewAfterFiveQuartersOfTheLargestWeights() {
    List<Tensor> tensors =
        List.of(
            new Tensor("small", STRIPE, Tensor.Kind.WEIGHT),
            new Tensor("large", 4 * STRIPE, Tensor.Kind.WEIGHT));
    MemoryMap map = MemoryMap.of(ORGANIZATION, tensors, true);
    var placement = new RunningAddresses(map, memory, tensors);
    Transfer transfer = new Transfer(false, 8);
    placement.tensor(transfer, 0, 0, 0, 5 * STRIPE - 64);
    int first = transfer.slots();
    placement.tensor(transfer, 0, 0, 0, 64);
    assertEquals(memory.address(0, 0), transfer.address(first));
  }

  @Test
  void aHashTableIsAPowerOfTwoAndAtMostFourFifthsFull() {
    assertEquals(8, HashOrder.slots(6));
    assertEquals(16, HashOrder.slots(7));
    assertEquals(1024, HashOrder.slots(513));
    // The finalizer of MurmurHash3 maps 1 to 0xb456bcfc34c2cb2c (reference implementation).
    assertEquals(0xb456bcfc34c2cb2cL >>> 5 & 1023, HashOrder.place(1, 1024));
  }

  private RunningAddresses running() {
    return new RunningAddresses(map(1000), memory, List.of());
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
