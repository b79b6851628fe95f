// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.io.IOException;
import java.nio.file.Path;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.Plugins;
import neupims.api.run.RunResult;

/** Has every registered report written. */
final class Reports {
  /** The report whose file is the machine interface's result. */
  private static final String MAIN = "json";

  private Reports() {}

  /** Writes all reports and returns the main one's file. */
  static Path write(Plugins plugins, RunResult result, Path directory) throws IOException {
    for (PluginInfo info : plugins.list()) {
      if (info.kind().equals(PluginKind.REPORT.word()) && !info.name().equals(MAIN)) {
        plugins.select(PluginKind.REPORT, info.name()).service().write(result, directory);
      }
    }
    return plugins.select(PluginKind.REPORT, MAIN).service().write(result, directory);
  }
}
