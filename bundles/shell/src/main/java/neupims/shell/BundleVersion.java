// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import picocli.CommandLine.IVersionProvider;

/** The version of the bundle that brings the command line. */
final class BundleVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    Bundle bundle = FrameworkUtil.getBundle(BundleVersion.class);
    return new String[] {"neupims " + (bundle == null ? "outside OSGi" : bundle.getVersion())};
  }
}
