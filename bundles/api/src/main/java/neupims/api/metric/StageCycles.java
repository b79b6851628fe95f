// SPDX-License-Identifier: Apache-2.0
package neupims.api.metric;

/**
 * A stage as reports write it.
 *
 * @param name its letter
 * @param cycles memory cycles
 */
public record StageCycles(String name, long cycles) {}
