// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import neupims.api.hw.MemorySpec;

/**
 * A memory that is simulated on its own.
 *
 * @param spec the memory
 * @param checkTiming whether its commands are checked against its timing, see {@link
 *     SystemSpec#checkTiming()}
 */
public record MemoryAlone(MemorySpec spec, boolean checkTiming) {}
