// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Writes down what happens in runs as it happens, into files beside the result. */
@ProviderType
public interface RunLogs {
  /** One run. */
  @ProviderType
  interface Session extends AutoCloseable {
    /** What hears of a variant, by its index in the experiment. */
    RunLog log(int variant);

    /** Brings the files to their end, also when the run ended early. */
    @Override
    void close() throws IOException;
  }

  /**
   * Begins a run.
   *
   * @param directory existing directory to write into
   */
  Session open(Experiment experiment, Path directory) throws IOException;
}
