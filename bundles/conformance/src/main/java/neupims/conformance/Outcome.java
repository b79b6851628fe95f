// SPDX-License-Identifier: Apache-2.0
package neupims.conformance;

import java.util.Optional;

/**
 * What became of a property.
 *
 * @param name the property's name
 * @param pass whether it holds as far as was tried
 * @param detail what was tried, or what the plug-in did instead; one line
 * @param cause what was thrown where it does not hold; empty after a time limit
 */
public record Outcome(String name, boolean pass, String detail, Optional<Throwable> cause) {}
