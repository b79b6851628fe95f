// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.Arrays;
import neupims.api.hw.MemorySession;
import neupims.api.hw.Transfer;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Resident;

/**
 * K and V of prompt tokens on their way from the QKV product into the tiles of their channels. Each
 * chunk goes in pieces of about a stripe, read from all channels and written to one: while a piece
 * is written the next one is read. Chunks of different channels do not wait for each other. What
 * comes from a link is there and only written, over all channels where its chunk has none.
 */
final class AppendRun implements TaskRun, Offer {
  /** Input where there is none. */
  static final int LINK = -1;

  private static final int LOADS = 0;
  private static final int STORES = 1;
  private static final int PIECES_UNDER_WAY = 2;

  private final Npu npu;
  private final KvMap cache;
  private final int order;
  private final Kernel.KvAppend kernel;
  private final int input;
  private final int pieceTokens;

  /** First piece of each chunk, and one after the last of all. */
  private final int[] firstPiece;

  /** Next piece of each chunk to be loaded, to be stored, and to be done. */
  private final int[] load;

  private final int[] store;
  private final int[] last;

  /**
   * When the latest of each chunk's pieces so far was read and written; pieces keep their order.
   */
  private final long[] readUntil;

  private final long[] writtenUntil;

  /** First slots of pieces and one after their last; -1 before they are submitted. */
  private final int[] firstLoadSlot;

  private final int[] endLoadSlot;
  private final int[] firstStoreSlot;
  private final int[] endStoreSlot;

  private final Transfer loads;
  private final Transfer stores;
  private int waitingStores;
  private int announced;
  private long lastStoreFrom;

  /**
   * The task.
   *
   * @param cache where the chunks have room, contexts included; null where none has a channel
   * @param input tensor of the QKV product, or {@link #LINK}
   * @param stripeBytes a row of one bank in every channel
   */
  AppendRun(Npu npu, KvMap cache, int order, Kernel.KvAppend kernel, int input, long stripeBytes) {
    this.npu = npu;
    this.cache = cache;
    this.order = order;
    this.kernel = kernel;
    this.input = input;
    int each = input == LINK ? kernel.shape().tokenBytes() : kernel.productBytes();
    pieceTokens = (int) Math.max(1, stripeBytes / each);
    int chunks = kernel.chunks().size();
    firstPiece = new int[chunks + 1];
    load = new int[chunks];
    store = new int[chunks];
    last = new int[chunks];
    readUntil = new long[chunks];
    writtenUntil = new long[chunks];
    for (int c = 0; c < chunks; c++) {
      load[c] = firstPiece[c];
      store[c] = firstPiece[c];
      last[c] = firstPiece[c];
      firstPiece[c + 1] = firstPiece[c] + 2 * halfPieces(c);
    }
    int pieces = firstPiece[chunks];
    firstLoadSlot = unset(pieces);
    endLoadSlot = unset(pieces);
    firstStoreSlot = unset(pieces);
    endStoreSlot = unset(pieces);
    loads = new Transfer(false, pieces);
    stores = new Transfer(true, pieces);
  }

  private static int[] unset(int pieces) {
    int[] slots = new int[pieces];
    Arrays.fill(slots, -1);
    return slots;
  }

  /** Pieces of a chunk's K, or V. */
  private int halfPieces(int chunk) {
    return (int) Ceil.div(kernel.chunks().get(chunk).tokens(), pieceTokens);
  }

  /**
   * The request as it is once the chunk is in its channel; what a link brings is met by the token
   * that is decoded meanwhile.
   */
  static Resident resident(Kernel.KvAppend kernel, PrefillChunk chunk) {
    int tokens = chunk.contextTokens() + chunk.tokens() + (kernel.fromLink() ? 1 : 0);
    return new Resident(chunk.request(), chunk.channel(), tokens);
  }

  @Override
  public void start(long cycle) {
    for (int c = 0; c < load.length; c++) {
      for (int piece = 0; piece < PIECES_UNDER_WAY; piece++) {
        load(c, cycle);
      }
    }
  }

  private void load(int chunk, long cycle) {
    if (load[chunk] == firstPiece[chunk + 1]) {
      return;
    }
    if (input == LINK) {
      load[chunk]++;
      store(chunk, cycle);
    } else {
      npu.outbox().add(cycle, order, this, LOADS, load[chunk]++);
    }
  }

  private void store(int chunk, long from) {
    npu.outbox().add(from, order, this, STORES, store[chunk]++);
    announced++;
    waitingStores++;
    lastStoreFrom = Math.max(lastStoreFrom, from);
  }

  @Override
  public boolean progress() {
    boolean moved = false;
    for (int c = 0; c < load.length; c++) {
      while (store[c] < load[c] && done(loads, firstLoadSlot, endLoadSlot, store[c])) {
        long read = doneCycle(loads, firstLoadSlot, endLoadSlot, store[c]);
        long from = Math.max(readUntil[c], read);
        readUntil[c] = from;
        store(c, from);
        moved = true;
      }
      while (last[c] < store[c] && done(stores, firstStoreSlot, endStoreSlot, last[c])) {
        long written = doneCycle(stores, firstStoreSlot, endStoreSlot, last[c]++);
        writtenUntil[c] = Math.max(writtenUntil[c], written);
        load(c, writtenUntil[c]);
        moved = true;
      }
    }
    return moved;
  }

  private static boolean done(Transfer transfer, int[] first, int[] end, int piece) {
    if (end[piece] < 0) {
      return false;
    }
    for (int slot = first[piece]; slot < end[piece]; slot++) {
      if (!transfer.done(slot)) {
        return false;
      }
    }
    return true;
  }

  private static long doneCycle(Transfer transfer, int[] first, int[] end, int piece) {
    long latest = 0;
    for (int slot = first[piece]; slot < end[piece]; slot++) {
      latest = Math.max(latest, transfer.doneCycle(slot));
    }
    return latest;
  }

  @Override
  public void submit(MemorySession memory, int group, int piece, long from) {
    int chunk = 0;
    while (firstPiece[chunk + 1] <= piece) {
      chunk++;
    }
    int half = halfPieces(chunk);
    int within = piece - firstPiece[chunk];
    int matrix = within / half;
    int token = within % half * pieceTokens;
    int tokens = Math.min(pieceTokens, kernel.chunks().get(chunk).tokens() - token);
    if (group == LOADS) {
      firstLoadSlot[piece] = loads.slots();
      int each = kernel.productBytes();
      long offset = kernel.productOffset(chunk, matrix) + (long) token * each;
      npu.placement().tensor(loads, from, input, offset, tokens * each);
      endLoadSlot[piece] = loads.slots();
      memory.submit(loads, firstLoadSlot[piece], endLoadSlot[piece] - firstLoadSlot[piece]);
    } else {
      firstStoreSlot[piece] = stores.slots();
      put(chunk, matrix, token, tokens, from);
      endStoreSlot[piece] = stores.slots();
      waitingStores--;
      memory.submit(stores, firstStoreSlot[piece], endStoreSlot[piece] - firstStoreSlot[piece]);
    }
  }

  private void put(int chunk, int matrix, int token, int tokens, long from) {
    PrefillChunk of = kernel.chunks().get(chunk);
    int each = kernel.shape().tokenBytes();
    if (of.channel() == PrefillChunk.NO_CHANNEL) {
      long before = (long) matrix * of.tokens() + token;
      npu.placement().cache(stores, from, spreadFrom(chunk) + before * each, tokens * each);
      return;
    }
    Resident resident = resident(kernel, of);
    long tile = matrix == 0 ? cache.keys(resident) : cache.values(resident);
    long offset = (long) (of.contextTokens() + token) * each;
    npu.placement().tiles(stores, from, of.channel(), tile, offset, tokens * each);
  }

  /** Where the caches over all channels are that precede a chunk's: end to end. */
  private long spreadFrom(int chunk) {
    long tokens = 0;
    for (int c = 0; c < chunk; c++) {
      tokens += kernel.chunks().get(c).tokens();
    }
    return 2 * tokens * kernel.shape().tokenBytes();
  }

  @Override
  public boolean closing() {
    return announced == firstLoadSlot.length;
  }

  @Override
  public long nextUnknown(Known known) {
    if (closing()) {
      return done() ? finish() : Math.max(known.writes(), lastStoreFrom + 1);
    }
    long soonest = Long.MAX_VALUE;
    for (int c = 0; c < load.length; c++) {
      if (store[c] < load[c]) {
        soonest = Math.min(soonest, known.reads());
      }
      if (last[c] < store[c] && load[c] < firstPiece[c + 1]) {
        soonest = Math.min(soonest, known.writes());
      }
    }
    return soonest;
  }

  @Override
  public void note(StageSpans spans) {
    spans.transfer(loads);
    spans.transfer(stores);
  }

  @Override
  public boolean done() {
    return closing() && waitingStores == 0 && stores.done();
  }

  @Override
  public long finish() {
    return stores.lastDoneCycle();
  }
}
