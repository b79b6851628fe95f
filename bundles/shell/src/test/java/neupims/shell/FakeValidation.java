// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import neupims.api.run.PaperComparison;
import neupims.api.run.PaperExperiment;
import neupims.api.run.RunResult;
import neupims.api.run.Validation;
import neupims.api.run.ValidationCase;
import neupims.api.run.ValidationTable;

/** Cases and tables that tests give. */
final class FakeValidation implements Validation {
  List<ValidationCase> cases = List.of();

  @Override
  public List<String> tables() {
    return List.of("ladder", "inputs");
  }

  @Override
  public ValidationTable table(String name) {
    return new ValidationTable(List.of("of", "cycles"), List.of(List.of(name, "1,000")));
  }

  @Override
  public List<PaperComparison> compare(PaperExperiment paper, RunResult result) {
    return List.of(new PaperComparison(paper.figures().get(0), OptionalDouble.of(4), 1, 1));
  }

  @Override
  public List<ValidationCase> run(Consumer<ValidationCase> observer) {
    return cases;
  }
}
