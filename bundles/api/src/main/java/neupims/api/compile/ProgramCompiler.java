// SPDX-License-Identifier: Apache-2.0
package neupims.api.compile;

import java.util.List;
import neupims.api.hw.DeviceCapabilities;
import neupims.api.program.Program;
import org.osgi.annotation.versioning.ConsumerType;

/** Decides what runs where and when: lowers a decode iteration to a program. A pure function. */
@ConsumerType
public interface ProgramCompiler {
  /**
   * What the device lacks for this compiler, one short phrase each; empty when it will do. A device
   * that lacks something is refused before cycle 0.
   */
  List<String> missing(DeviceCapabilities device);

  /**
   * The program of one device for one decode iteration.
   *
   * @throws IllegalArgumentException if the sub-batches are more than it can handle
   */
  Program compile(CompileInput input);
}
