// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/**
 * One value given over the files, by its key path.
 *
 * @param path such as {@code memory.timing.rcd}
 * @param value as typed: a JSON number, {@code true}, {@code false} or a bare word
 * @param origin who says so, for messages, such as {@code --set}
 */
public record Setting(String path, String value, String origin) {}
