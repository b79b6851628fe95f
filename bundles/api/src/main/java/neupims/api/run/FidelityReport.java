// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/**
 * How far the answers of a fitted device can be trusted.
 *
 * @param fitSamples command-level simulations that the model is fitted from
 * @param heldOut batches that it is not fitted from and that its error is measured on
 * @param meanErrorPercent mean of |fitted - exact| / exact cycles of a step over those batches
 * @param maxErrorPercent highest of these
 * @param biasPercent mean of (fitted - exact) / exact, which does not average out in a run
 * @param exactPrograms programs of the run that the model does not cover and that were simulated
 *     command by command instead
 */
public record FidelityReport(
    int fitSamples,
    int heldOut,
    double meanErrorPercent,
    double maxErrorPercent,
    double biasPercent,
    long exactPrograms) {}
