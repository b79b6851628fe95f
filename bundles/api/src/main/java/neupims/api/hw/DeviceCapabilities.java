// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

/**
 * What a compiler may count on.
 *
 * @param npu whether there is an NPU for matrix and vector kernels
 * @param memory what the memory can do
 * @param channels memory channels
 */
public record DeviceCapabilities(boolean npu, MemoryCapabilities memory, int channels) {}
