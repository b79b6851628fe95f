// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import neupims.api.run.Plugin;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.Plugins;
import neupims.api.run.ReportWriter;
import neupims.api.run.RunResult;

/** One report, which stands for whatever is selected, and writes an empty object. */
final class FakePlugins implements Plugins, ReportWriter {
  static final PluginInfo JSON_REPORT =
      new PluginInfo("report", "json", "test", "1.0.0", "a report");

  List<PluginInfo> list = List.of(JSON_REPORT);

  @Override
  public List<PluginInfo> list() {
    return list;
  }

  @Override
  public <T> Plugin<T> select(PluginKind<T> kind, String name) {
    return new Plugin<>(JSON_REPORT, kind.type().cast(this));
  }

  @Override
  public <T> Optional<Plugin<T>> find(PluginKind<T> kind, String name, Optional<String> version) {
    return Optional.of(select(kind, name));
  }

  @Override
  public long changes() {
    return 0;
  }

  @Override
  public Path write(RunResult result, Path directory) throws IOException {
    return Files.writeString(directory.resolve("result.json"), "{}\n");
  }
}
