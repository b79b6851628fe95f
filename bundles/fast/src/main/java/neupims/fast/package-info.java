// SPDX-License-Identifier: Apache-2.0
/**
 * Devices that answer from a model fitted from their command-level simulation; docs/FIDELITY.md has
 * the formulas.
 *
 * <pre>
 * FastFitter -- open --&gt; FastDevice -- first program --&gt; ModelStore: on disk?
 *                            |                              | no
 *                            |                          Fitting: SampleBatches --&gt; Samples
 *                            |                              |      (command level)
 *   Program --&gt; StageWork per stage --&gt; FastModel: RowCurve, AttentionFit, Overlap --&gt; DeviceReport
 * </pre>
 */
package neupims.fast;
