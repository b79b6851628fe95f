// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.nio.file.Path;
import java.util.List;
import neupims.api.run.DropIn;
import neupims.api.run.DropIns;

/** A folder with one file that is no jar. */
final class OneBrokenJar implements DropIns {
  @Override
  public List<Path> folders() {
    return List.of();
  }

  @Override
  public void load() {}

  @Override
  public boolean scan() {
    return false;
  }

  @Override
  public void put(Path jar) {}

  @Override
  public void remove(Path jar) {}

  @Override
  public List<DropIn> list() {
    List<String> faults = List.of("not a zip");
    return List.of(new DropIn(Path.of("x.jar"), "", "", 1, List.of(), faults, List.of("a note")));
  }
}
