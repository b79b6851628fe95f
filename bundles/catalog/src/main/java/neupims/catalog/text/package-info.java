// SPDX-License-Identifier: Apache-2.0
/** Files as text, JSON and CSV, read strictly: {@code path -> TextFile -> JsonText, BatchCsv}. */
package neupims.catalog.text;
