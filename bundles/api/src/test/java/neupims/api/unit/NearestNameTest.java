// SPDX-License-Identifier: Apache-2.0
package neupims.api.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  private static final List<String> KNOWN = List.of("min-load", "round-robin");

  @Test
  void aSlipOfTheFingersFindsTheNameThatWasMeant() {
    assertEquals(Optional.of("min-load"), NearestName.of("min-laod", KNOWN));
    assertEquals(Optional.of("min-load"), NearestName.of("MinLoad", KNOWN));
    assertEquals(Optional.of("round-robin"), NearestName.of("roundrobn", KNOWN));
  }

  @Test
  void somethingElseFindsNothing() {
    assertEquals(Optional.empty(), NearestName.of("least-kv", KNOWN));
    assertEquals(Optional.empty(), NearestName.of("x", List.of()));
  }

  @Test
  void theHintIsAQuestionOrNothing() {
    assertEquals("; did you mean \"min-load\"?", NearestName.hint("min-lod", KNOWN));
    assertEquals("", NearestName.hint("zzz", KNOWN));
  }
}
