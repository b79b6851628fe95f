// SPDX-License-Identifier: Apache-2.0
package packagename;

import neupims.api.hw.Interconnect;
import neupims.testkit.InterconnectContract;

/** What the interface promises; tests of your own go beside it. */
final class ClassNameTest extends InterconnectContract {
  @Override
  protected Interconnect interconnect() {
    return new ClassName();
  }
}
