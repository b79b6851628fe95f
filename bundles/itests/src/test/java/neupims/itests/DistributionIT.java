// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The distribution as it starts in a framework. */
@ExtendWith(InContainer.class)
public class DistributionIT {
  @Inject private BundleContext context;

  @Test
  public void everyBundleIsActive() {
    List<String> inactive =
        Stream.of(context.getBundles())
            .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
            .map(Bundle::toString)
            .toList();
    assertEquals(List.of(), inactive);
  }
}
