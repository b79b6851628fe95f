// SPDX-License-Identifier: Apache-2.0
/** One component at work alone: a channel under a stream or a GEMV, an NPU under one GEMM. */
package neupims.engine.micro;
