// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import java.util.stream.Stream;
import neupims.api.hw.Interconnect;
import neupims.api.hw.InterconnectSpec;
import neupims.conformance.Contracts;
import neupims.conformance.hw.InterconnectProperties;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every {@link Interconnect} must do. */
public abstract class InterconnectContract {
  /** 100 GB/s and a microsecond. */
  protected static final InterconnectSpec LINKS = InterconnectProperties.LINKS;

  /** The interconnect under test. */
  protected abstract Interconnect interconnect();

  /** A test for each property. */
  @TestFactory
  public final Stream<DynamicTest> contract() {
    return PropertyTests.of(Contracts.interconnect(), this::interconnect);
  }
}
