// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

/**
 * What a memory can do, so that a compiler can refuse before cycle 0.
 *
 * @param gemv whether it runs GEMVs in its banks
 * @param gemvWhileRead whether reads and writes go on while a GEMV runs
 */
public record MemoryCapabilities(boolean gemv, boolean gemvWhileRead) {}
