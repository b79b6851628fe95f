// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import java.util.List;
import java.util.Map;
import neupims.api.run.PolicyChoice;
import neupims.api.run.Swap;
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
 * @param swaps of its policies
 * @param fallbacks for its policies
 */
record Resolution(
    Schema schema,
    Values values,
    Map<String, Boolean> reference,
    Binder binder,
    List<Swap> swaps,
    List<PolicyChoice> fallbacks) {}
