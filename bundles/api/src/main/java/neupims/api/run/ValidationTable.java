// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.List;

/**
 * Figures side by side, as documents show them.
 *
 * @param header names of the columns
 * @param rows as many cells each, as text
 */
public record ValidationTable(List<String> header, List<List<String>> rows) {
  public ValidationTable {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
  }
}
