// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import java.util.List;
import neupims.api.workload.RequestSource;
import neupims.conformance.Contracts;
import neupims.conformance.Property;

/** What every {@link RequestSource} must do that draws lengths from a dataset. */
public abstract class DrawnLengthsContract extends RequestSourceContract {
  @Override
  final List<Property<RequestSource>> properties() {
    return Contracts.drawnLengths(parameters());
  }
}
