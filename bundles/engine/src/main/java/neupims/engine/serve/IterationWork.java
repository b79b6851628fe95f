// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.List;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Resident;

/** What an iteration does, in order of admission. */
final class IterationWork {
  /** Who takes part, with {@link Sequence#runTokens}. */
  final List<Sequence> sequences = new ArrayList<>();

  /** Those of them that work on one token. */
  final List<Resident> decodes = new ArrayList<>();

  /** The others: parts of prompts. */
  final List<PrefillChunk> chunks = new ArrayList<>(0);

  /** K and V that came over a link and are written meanwhile. */
  final List<PrefillChunk> received = new ArrayList<>(0);

  /** KV lengths of those that decode, summed. */
  long sequenceTokens;

  /** Tokens of prompts. */
  int promptTokens;

  int admitted;
  int recomputed;
  int swapped;

  /** Who was to be admitted and found no room in the channel that the placement policy chose. */
  final List<Long> withoutRoom = new ArrayList<>(0);

  /** Blocks that move to and from the host before it. */
  long movedBlocks;

  void add(Sequence sequence) {
    sequences.add(sequence);
    int length = sequence.cached + sequence.runTokens;
    if (sequence.runTokens == 1) {
      decodes.add(new Resident(sequence.id(), sequence.channel, length));
      sequenceTokens += length;
      if (sequence.received > 0) {
        received.add(new PrefillChunk(sequence.id(), sequence.channel, 0, sequence.received));
        sequence.received = 0;
      }
    } else {
      int tokens = sequence.runTokens;
      chunks.add(new PrefillChunk(sequence.id(), sequence.channel, sequence.cached, tokens));
      promptTokens += tokens;
    }
  }

  boolean isEmpty() {
    return sequences.isEmpty();
  }
}
