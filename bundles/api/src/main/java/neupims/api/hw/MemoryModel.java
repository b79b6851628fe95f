// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way to simulate a kind of memory: plain, with a blocked PIM, with a PIM that has its own row
 * buffer.
 */
@ConsumerType
public interface MemoryModel {
  /** What a memory of this specification can do. */
  MemoryCapabilities capabilities(MemorySpec spec);

  /** How it stores the KV cache; empty when it runs no GEMVs. */
  Optional<KvLayout> kvLayout(MemorySpec spec);

  /**
   * Opens a memory at cycle 0, all banks closed.
   *
   * @param spec the memory
   * @param sink hears every command
   * @throws IllegalArgumentException if the specification lacks what the model needs
   */
  MemorySession open(MemorySpec spec, CommandSink sink);
}
