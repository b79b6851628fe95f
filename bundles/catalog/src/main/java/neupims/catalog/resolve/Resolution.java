// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import java.util.Map;
import neupims.catalog.schema.Binder;
import neupims.catalog.schema.Schema;
import neupims.catalog.value.Values;

/**
 * What came out on top.
 *
 * @param schema the keys
 * @param values a value for every key
 * @param reference reference options by name, on or off
 * @param binder makes records of the values
 */
record Resolution(Schema schema, Values values, Map<String, Boolean> reference, Binder binder) {}
