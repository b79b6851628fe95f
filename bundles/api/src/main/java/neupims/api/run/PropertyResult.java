// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/**
 * Whether a plug-in does one of the things that its interface promises.
 *
 * @param name of the property, such as {@code work conservation}
 * @param pass whether it holds as far as was tried
 * @param detail what was tried, or what the plug-in did instead; one line
 */
public record PropertyResult(String name, boolean pass, String detail) {}
