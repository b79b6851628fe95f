// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/**
 * Whether a plug-in does one of the things that its interface promises.
 *
 * @param name of the property, such as {@code work conservation}
 * @param pass whether it holds as far as was tried
 * @param tried whether that can be told; false where something else kept it from being tried to the
 *     end, which is no pass either
 * @param detail what was tried, or what the plug-in did instead; one line
 */
public record PropertyResult(String name, boolean pass, boolean tried, String detail) {
  /** Of a property that was tried. */
  public PropertyResult(String name, boolean pass, String detail) {
    this(name, pass, true, detail);
  }
}
