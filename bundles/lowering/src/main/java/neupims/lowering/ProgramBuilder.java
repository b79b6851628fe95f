// SPDX-License-Identifier: Apache-2.0
package neupims.lowering;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import neupims.api.compile.CompileInput;
import neupims.api.model.ModelShard;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;

/** Puts a program together, stage by stage in order of execution. Used once, by one thread. */
public final class ProgramBuilder {
  private final ModelShard shard;
  private final TensorTable tensors;
  private final Optional<ExpertRouting> routing;
  private final List<PrefillChunk> received;
  private final List<StageBuilder> stages = new ArrayList<>();
  private int subBatches;

  /** A program of the given share of a model. */
  public ProgramBuilder(CompileInput input) {
    shard = input.shard();
    received = input.received();
    tensors = new TensorTable(shard.model().precision());
    routing =
        shard
            .model()
            .experts()
            .map(experts -> new ExpertRouting(experts, input.seed(), input.iteration()));
  }

  /**
   * Brings in the next sub-batch, at the entrance of its first layer. With a sliding window only
   * the tokens that it keeps are attended to.
   */
  public SubBatch subBatch(List<Resident> residents) {
    return subBatch(residents, List.of());
  }

  /**
   * Brings in the next sub-batch with parts of prompts. What has come over a link for its residents
   * is written beside its projections.
   */
  public SubBatch subBatch(List<Resident> residents, List<PrefillChunk> chunks) {
    int number = ++subBatches;
    int tokens = chunks.stream().mapToInt(PrefillChunk::tokens).sum();
    int rows = residents.size() + tokens;
    int hidden = tensors.activation(number, 0, "input", rows, shard.model().embedding());
    return new SubBatch(
        number,
        residents.stream().map(this::kept).toList(),
        chunks.stream().map(this::kept).toList(),
        received(residents),
        hidden,
        denseLayers());
  }

  private List<PrefillChunk> received(List<Resident> residents) {
    if (received.isEmpty()) {
      return received;
    }
    Set<Long> here = residents.stream().map(Resident::request).collect(Collectors.toSet());
    return received.stream().filter(chunk -> here.contains(chunk.request())).toList();
  }

  private PrefillChunk kept(PrefillChunk chunk) {
    int context = shard.model().keptTokens(chunk.contextTokens());
    return new PrefillChunk(chunk.request(), chunk.channel(), context, chunk.tokens());
  }

  private Resident kept(Resident resident) {
    int tokens = shard.model().keptTokens(resident.sequenceTokens());
    return tokens == resident.sequenceTokens()
        ? resident
        : new Resident(resident.request(), resident.channel(), tokens);
  }

  /**
   * Whether the model's first layers are dense and the others have experts. Then the first layer
   * that a sub-batch walks through stands for the dense ones, and those after it for the others.
   */
  public boolean denseLayers() {
    return shard.model().denseLayers() > 0;
  }

  /** Opens the next stage; see {@link Stage} for the meaning of the arguments. */
  public StageBuilder stage(String name, Stage.Repeat repeat, boolean inBlock) {
    StageBuilder stage = new StageBuilder(shard, tensors, routing, name, repeat, inBlock);
    stages.add(stage);
    return stage;
  }

  /** The program so far. */
  public Program build() {
    return new Program(tensors.tensors(), stages.stream().map(StageBuilder::build).toList());
  }
}
