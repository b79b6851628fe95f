// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.nio.file.Path;
import java.util.List;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.NpuSpec;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads models, memories, NPUs, systems, datasets and experiments. Strict: whatever is unknown, of
 * the wrong type, out of range or missing is an {@link neupims.api.unit.InputException} that names
 * the file, the key path, the value, what is allowed and the nearest valid name.
 */
@ProviderType
public interface Catalog {
  /** Names of a kind, sorted. */
  List<String> names(CatalogKind kind);

  /**
   * The variants of an experiment file, at least one, with settings on top of the file's. Of
   * variants that resolve to the same values the first is there, and a warning names them all.
   *
   * @param experiment the file, or null for the default experiment
   * @param settings applied in order to every variant
   */
  Experiment experiment(Path experiment, List<Setting> settings);

  /**
   * The variants of several experiment files in one experiment, those of the same values once; one
   * whose name variants of other files have too is called {@code file:name}.
   *
   * @param experiments the files, at least one
   * @param settings applied in order to every variant
   */
  Experiment together(List<Path> experiments, List<Setting> settings);

  /**
   * An experiment with the swaps of a run as they happened, as JSON: as an experiment file it
   * brings the same about again.
   *
   * @param swaps of each variant, in the order of the experiment
   */
  String recording(Experiment experiment, List<List<Swap>> swaps);

  /** The paper's experiments that the catalog has, in its order. */
  List<PaperExperiment> paperExperiments();

  /** A paper's experiment, resolved: its points are the variants, with settings on top. */
  Experiment paperExperiment(PaperExperiment paper, List<Setting> settings);

  /** One variant of the default experiment with settings on top: what a single step needs. */
  Variant variant(List<Setting> settings);

  /**
   * A memory with settings whose paths start with {@code memory.} or {@code reference}, or are
   * {@code checkTiming}.
   */
  MemoryAlone memoryAlone(String name, List<Setting> settings);

  /** What such a memory is. */
  default MemorySpec memory(String name, List<Setting> settings) {
    return memoryAlone(name, settings).spec();
  }

  /** An NPU with settings whose paths start with {@code npu.} or {@code reference}. */
  NpuSpec npu(String name, List<Setting> settings);

  /** A resident batch from a CSV file with header {@code seq_len,channel} (or {@code ch_idx}). */
  List<BatchEntry> batch(Path csv);
}
