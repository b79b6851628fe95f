// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/** What a catalog holds. */
public enum CatalogKind {
  MODEL("model"),
  MEMORY("memory"),
  NPU("npu"),
  ACCELERATOR("accelerator"),
  SYSTEM("system"),
  DATASET("dataset");

  private final String word;

  CatalogKind(String word) {
    this.word = word;
  }

  /** The word of messages. */
  public String word() {
    return word;
  }
}
