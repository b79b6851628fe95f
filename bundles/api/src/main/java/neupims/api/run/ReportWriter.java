// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;

/** Turns a finished run into files. */
@ConsumerType
public interface ReportWriter {
  /**
   * Writes the report.
   *
   * @param result the run
   * @param directory existing directory to write into
   * @return the file written
   */
  Path write(RunResult result, Path directory) throws IOException;
}
