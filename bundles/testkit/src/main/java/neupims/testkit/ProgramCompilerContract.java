// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import java.util.stream.Stream;
import neupims.api.compile.ProgramCompiler;
import neupims.conformance.Contracts;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every {@link ProgramCompiler} must do. */
public abstract class ProgramCompilerContract {
  /** The compiler under test, a new one at each call. */
  protected abstract ProgramCompiler compiler();

  /** A test for each property. */
  @TestFactory
  public final Stream<DynamicTest> contract() {
    return PropertyTests.of(Contracts.compiler(), this::compiler);
  }
}
