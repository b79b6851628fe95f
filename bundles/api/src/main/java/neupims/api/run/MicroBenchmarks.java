// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import neupims.api.hw.MemorySpec;
import org.osgi.annotation.versioning.ProviderType;

/** Runs one component alone. */
@ProviderType
public interface MicroBenchmarks {
  /**
   * A stream of single accesses on one channel, offered as fast as the controller accepts.
   *
   * @throws neupims.api.unit.InputException if the memory's model is unknown or the pattern too
   *     short
   * @throws IllegalStateException if commands are checked and one was illegal
   */
  MicroResult stream(MemoryAlone memory, StreamPattern pattern, int requests);

  /** The same, commands unchecked. */
  default MicroResult stream(MemorySpec memory, StreamPattern pattern, int requests) {
    return stream(new MemoryAlone(memory, false), pattern, requests);
  }

  /**
   * One request's attention on one channel, with reads beside it.
   *
   * @throws neupims.api.unit.InputException if the memory's model is unknown or has no PIM
   * @throws IllegalStateException if commands are checked and one was illegal
   */
  MicroResult gemv(MemoryAlone memory, GemvCase work);

  /** The same, commands unchecked. */
  default MicroResult gemv(MemorySpec memory, GemvCase work) {
    return gemv(new MemoryAlone(memory, false), work);
  }

  /**
   * One GEMM of {@code rows x inner x columns} on a system's NPU and memory.
   *
   * @throws neupims.api.unit.InputException if a model is unknown
   */
  GemmResult gemm(SystemSpec system, int rows, int inner, int columns);
}
