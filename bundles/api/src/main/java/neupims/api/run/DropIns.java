// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The jars that users drop in. What cannot work is explained and left out; nothing is thrown, and
 * nothing else is disturbed. Every method from any thread.
 */
@ProviderType
public interface DropIns {
  /** The folders that jars are dropped into, absolute; one of them need not exist. */
  List<Path> folders();

  /** Installs all jars of all folders, by folder and name. */
  void load();

  /**
   * Brings what is installed in line with the folders: jars that are new, changed or gone since. A
   * file is taken when it looks as it did at the scan before; one that is no jar yet when nobody
   * has written to it for two seconds, so that half a copy is not taken for a broken jar.
   *
   * @return whether there was anything to do
   */
  boolean scan();

  /**
   * Installs and starts a jar, in place of what was installed from this file before; does nothing
   * if the file has not changed since. Returns when its plug-ins are registered.
   */
  void put(Path jar);

  /** Uninstalls what was installed from a file, which may be gone; does nothing if nothing was. */
  void remove(Path jar);

  /** What is there now, a jar each, by folder and name. */
  List<DropIn> list();
}
