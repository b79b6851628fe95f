// SPDX-License-Identifier: Apache-2.0
package packagename;

import neupims.api.schedule.Router;
import neupims.testkit.RouterContract;

/** What the interface promises; tests of your own go beside it. */
final class ClassNameTest extends RouterContract {
  @Override
  protected Router router() {
    return new ClassName();
  }
}
