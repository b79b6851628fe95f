// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OrganizationTest {
  /** Facts section 2: 32 channels of 1 GB with 32 banks of 32,768 rows of 1 KB. */
  @Test
  void capacityIsTheProductOfItsParts() {
    Organization hbm2 = new Organization(32, 2, 4, 4, 32768, 1024, 64);
    assertEquals(32, hbm2.banks());
    assertEquals(16, hbm2.columns());
    assertEquals(1L << 30, hbm2.channelBytes());
    assertEquals(32L << 30, hbm2.bytes());
  }

  @Test
  void aRowThatIsNoWholeNumberOfAccessesIsRefusedWithBothSizes() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> new Organization(32, 2, 4, 4, 32768, 1024, 48));
    assertTrue(refusal.getMessage().contains("1024"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("48"), refusal.getMessage());
  }

  @Test
  void nothingIsCountedBelowOne() {
    assertThrows(
        IllegalArgumentException.class, () -> new Organization(32, 0, 4, 4, 32768, 1024, 64));
  }
}
