// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.List;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Replays reference figures that the project keeps as data and compares. */
@ProviderType
public interface Validation {
  /**
   * Runs every case.
   *
   * @param observer hears of each case when it is done
   * @return all cases, in order
   */
  List<ValidationCase> run(Consumer<ValidationCase> observer);

  /** Names of the tables that can be made beside the cases. */
  List<String> tables();

  /**
   * Makes a table; takes up to a minute or two.
   *
   * @param name one of {@link #tables()}
   * @throws IllegalArgumentException if there is none of this name
   */
  ValidationTable table(String name);

  /** A paper's figures beside those of a run of its experiment, in the experiment's order. */
  List<PaperComparison> compare(PaperExperiment paper, RunResult result);
}
