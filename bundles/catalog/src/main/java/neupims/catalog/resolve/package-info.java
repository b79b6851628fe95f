// SPDX-License-Identifier: Apache-2.0
/**
 * Puts the layers of an experiment on top of each other: {@code experiment file, settings -> Layers
 * -> Resolver (+ items) -> Resolution -> Variant, Experiment, resolved JSON}.
 */
package neupims.catalog.resolve;
