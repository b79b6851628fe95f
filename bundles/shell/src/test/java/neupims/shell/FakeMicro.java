// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.Map;
import neupims.api.run.GemmResult;
import neupims.api.run.GemvCase;
import neupims.api.run.MemoryAlone;
import neupims.api.run.MicroBenchmarks;
import neupims.api.run.MicroResult;
import neupims.api.run.StreamPattern;
import neupims.api.run.SystemSpec;

/** Components alone whose cycles are what they are asked to do. */
final class FakeMicro implements MicroBenchmarks {
  @Override
  public MicroResult stream(MemoryAlone memory, StreamPattern pattern, int requests) {
    return new MicroResult(requests, 0, requests, Map.of());
  }

  @Override
  public MicroResult gemv(MemoryAlone memory, GemvCase work) {
    return new MicroResult(work.sequenceTokens(), 1, work.reads(), Map.of());
  }

  @Override
  public GemmResult gemm(SystemSpec system, int rows, int inner, int columns) {
    return new GemmResult(rows, inner, columns, 1);
  }
}
