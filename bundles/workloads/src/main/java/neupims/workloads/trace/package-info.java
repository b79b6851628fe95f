// SPDX-License-Identifier: Apache-2.0
/**
 * Traces as request sources, a line at a time.
 *
 * <pre>
 * file -> TraceText -> TraceLines (cells) -> TraceHeader, Cells -> TraceReader (requests)
 *                                                                   twice: TraceStream
 * </pre>
 */
package neupims.workloads.trace;
