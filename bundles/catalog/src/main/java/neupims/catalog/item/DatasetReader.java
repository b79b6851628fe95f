// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.item;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import neupims.api.run.CatalogKind;
import neupims.api.unit.InputException;
import neupims.api.workload.LengthDistribution;
import neupims.catalog.schema.KeyTable;
import neupims.catalog.schema.Schema;
import neupims.catalog.schema.UnknownKeys;
import neupims.catalog.value.Leaf;
import neupims.catalog.value.Origin;
import neupims.catalog.value.Values;

/** Reads datasets: quantiles of prompt and output lengths. */
public final class DatasetReader {
  /** Most quantiles of a dataset; a table, not the data itself. */
  private static final int MAX_QUANTILES = 100_000;

  private final CatalogFiles files;

  /**
   * The keys of a dataset file that are not arrays: what was measured, for readers of the file.
   *
   * @param pairs pairs of prompt and output
   * @param meanPromptTokens mean prompt length
   * @param meanOutputTokens mean output length
   * @param rankCorrelation Spearman's, of prompt and output length
   */
  public record Measured(
      long pairs, double meanPromptTokens, double meanOutputTokens, double rankCorrelation) {}

  /** The object {@code measured}. */
  public record Header(Measured measured) {}

  /** Of these files. */
  public DatasetReader(CatalogFiles files) {
    this.files = files;
  }

  /**
   * The dataset that a name or file name stands for.
   *
   * @throws InputException if it cannot be read
   */
  public LengthDistribution read(Leaf name) {
    CatalogFiles.Found found = files.find(CatalogKind.DATASET, name);
    JsonObject json = found.json();
    Origin origin = found.origin();
    Notes.takeFrom(json, origin);
    double[] probability = quantiles(json, "probability", origin);
    double[] prompt = quantiles(json, "promptTokens", origin);
    double[] output = quantiles(json, "outputTokens", origin);
    Schema header = new Schema(Header.class, new KeyTable(new JsonObject()), List.of());
    UnknownKeys.refuse(Values.of(json, "", "", origin), header);
    try {
      return new LengthDistribution(name.text(), probability, prompt, output);
    } catch (IllegalArgumentException disorder) {
      throw new InputException(origin.where() + ": " + disorder.getMessage(), disorder);
    }
  }

  private static double[] quantiles(JsonObject json, String key, Origin origin) {
    JsonElement value = json.remove(key);
    String at = origin.where() + ": " + key;
    if (!(value instanceof JsonArray array) || array.size() > MAX_QUANTILES) {
      throw new InputException(
          at + ": " + (value == null ? "missing" : value) + "; expected an array of numbers");
    }
    List<Double> numbers = new ArrayList<>();
    for (JsonElement element : array) {
      if (!element.isJsonPrimitive()
          || !element.getAsJsonPrimitive().isNumber()
          || !(element.getAsDouble() >= 0)
          || element.getAsDouble() > Integer.MAX_VALUE) {
        throw new InputException(
            "%s[%d]: %s is not a number from 0 to %d"
                .formatted(at, numbers.size(), element, Integer.MAX_VALUE));
      }
      numbers.add(element.getAsDouble());
    }
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
