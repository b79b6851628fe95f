// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Experiments for a lab, {@code long.json} and {@code short.json}, and what came of them. */
final class LabFiles {
  private static final String MODEL =
      """
      {"layers": 2, "heads": 4, "embedding": 256, "feedForward": 1024, "vocabulary": 100,
       "maxPositions": 2048}
      """;

  private LabFiles() {}

  static void writeTo(Path folder) throws IOException {
    Files.writeString(folder.resolve("model.json"), MODEL);
    StringBuilder trace = new StringBuilder("arrival_seconds,prompt_tokens,output_tokens\n");
    for (int i = 0; i < 2000; i++) {
      trace.append("0,16,1000\n");
    }
    Files.writeString(folder.resolve("long.csv"), trace);
    Files.writeString(
        folder.resolve("short.csv"), "arrival_seconds,prompt_tokens,output_tokens\n0,16,3\n");
    for (String name : List.of("long", "short")) {
      Files.writeString(
          folder.resolve(name + ".json"),
          """
          {"name": "%s", "model": "model.json", "system": "neupims", "scheduler": "orca",
           "workload": {"source": "trace", "file": "%s.csv"}}
          """
              .formatted(name, name));
    }
  }

  static JsonObject result(Path folder, String file) throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve(file))).getAsJsonObject();
  }

  /** The first variant of a result. */
  static JsonObject variant(Path folder, String file) throws IOException {
    return result(folder, file).getAsJsonArray("variants").get(0).getAsJsonObject();
  }
}
