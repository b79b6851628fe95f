// SPDX-License-Identifier: Apache-2.0
package packagename;

import neupims.api.compile.ProgramCompiler;
import neupims.testkit.ProgramCompilerContract;

/** What the interface promises; tests of your own go beside it. */
final class ClassNameTest extends ProgramCompilerContract {
  @Override
  protected ProgramCompiler compiler() {
    return new ClassName();
  }
}
