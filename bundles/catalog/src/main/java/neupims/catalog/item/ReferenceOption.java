// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.item;

import neupims.catalog.value.Values;

/**
 * Something that the reference simulator does where hardware would do something else, as values of
 * parameters.
 *
 * @param name the option, {@code reference.NAME}
 * @param values what it sets
 */
public record ReferenceOption(String name, Values values) {}
