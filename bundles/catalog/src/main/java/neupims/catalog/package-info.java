// SPDX-License-Identifier: Apache-2.0
/**
 * The catalog: data files, and how an experiment is resolved from them.
 *
 * <pre>
 * file, resource --text--> JSON --value--> Values: key path -> Leaf (text, who gave it)
 *                                  |item
 *                                  v
 * defaults, model, NPU, memory, system, reference options, experiment file, variant, settings
 *                                  |resolve: the later one wins
 *                                  v
 * Values --schema (record components, ranges of keys.json)--> records of the API, resolved JSON
 * </pre>
 *
 * Whatever is refused is refused with the {@link neupims.catalog.value.Leaf} that says it, so every
 * message can name its file or option and its key path.
 */
package neupims.catalog;
