// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.ArrayList;
import java.util.List;
import neupims.api.run.Setting;
import neupims.api.unit.InputException;
import picocli.CommandLine.Option;

/** {@code --set}, for every command that resolves an experiment. */
final class SettingOptions {
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Override a key path of the resolved experiment, such as memory.timing.rcd=15;"
              + " reference=true follows the reference simulator's semantics.")
  private List<String> pairs = new ArrayList<>();

  /** As they were given. */
  List<String> pairs() {
    return List.copyOf(pairs);
  }

  /** The settings in the order given. */
  List<Setting> settings() {
    List<Setting> settings = new ArrayList<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new InputException(
            "--set " + pair + ": expected KEY=VALUE, for example --set memory.timing.rcd=15");
      }
      settings.add(
          new Setting(pair.substring(0, equals), pair.substring(equals + 1), "--set " + pair));
    }
    return settings;
  }
}
