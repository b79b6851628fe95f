// SPDX-License-Identifier: Apache-2.0
package packagename;

import java.util.Map;
import neupims.api.unit.Parameters;
import neupims.api.workload.RequestSource;
import neupims.testkit.DrawnLengthsContract;

/** What the interface promises; tests of your own go beside it. */
final class ClassNameTest extends DrawnLengthsContract {
  @Override
  protected RequestSource source() {
    return new ClassName();
  }

  /** A value for the parameter that has no default. */
  @Override
  protected Parameters parameters() {
    return new Parameters(Map.of("rate", 8.0));
  }
}
