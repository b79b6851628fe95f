// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.hw;

import java.util.List;
import neupims.api.hw.Interconnect;
import neupims.api.hw.InterconnectSpec;
import neupims.conformance.Expect;
import neupims.conformance.Property;

/** What every {@link Interconnect} must do. */
public final class InterconnectProperties {
  /** 100 GB/s and a microsecond. */
  public static final InterconnectSpec LINKS =
      new InterconnectSpec("links", 100_000_000_000L, 1000);

  private static final int MOST_DEVICES = 16;

  private InterconnectProperties() {}

  /** The properties. */
  public static List<Property<Interconnect>> all() {
    return List.of(
        new Property<>(
            "one device",
            "a device alone has the sum already",
            fresh -> {
              double seconds = fresh.get().allReduceSeconds(LINKS, 1, 1 << 20);
              Expect.that(seconds == 0, seconds + " s for one device");
              return "1 MiB";
            }),
        new Property<>(
            "valid times", "times are finite and not negative", fresh -> validTimes(fresh.get())),
        new Property<>(
            "determinism",
            "the same question gets the same answer",
            fresh -> determinism(fresh.get(), fresh.get())),
        new Property<>(
            "more bytes are not faster",
            "more bytes never arrive sooner",
            fresh -> moreBytes(fresh.get())));
  }

  private static String validTimes(Interconnect interconnect) {
    for (int devices = 1; devices <= MOST_DEVICES; devices++) {
      for (long bytes : new long[] {1, 4096, 1L << 40}) {
        valid(interconnect.allReduceSeconds(LINKS, devices, bytes));
      }
    }
    valid(interconnect.sendSeconds(LINKS, 1));
    return "1 to " + MOST_DEVICES + " devices";
  }

  private static void valid(double seconds) {
    Expect.that(seconds >= 0 && Double.isFinite(seconds), seconds + " s");
  }

  private static String determinism(Interconnect used, Interconnect other) {
    for (int devices = 1; devices <= MOST_DEVICES; devices++) {
      double first = used.allReduceSeconds(LINKS, devices, 4096);
      Expect.equal(first, used.allReduceSeconds(LINKS, devices, 4096), "asked again");
      Expect.equal(first, other.allReduceSeconds(LINKS, devices, 4096), "new instance");
    }
    Expect.equal(used.sendSeconds(LINKS, 99), other.sendSeconds(LINKS, 99), "sent again");
    return "1 to " + MOST_DEVICES + " devices";
  }

  private static String moreBytes(Interconnect interconnect) {
    for (int devices = 1; devices <= MOST_DEVICES; devices++) {
      double last = 0;
      for (long bytes = 1; bytes < 1L << 34; bytes *= 2) {
        double seconds = interconnect.allReduceSeconds(LINKS, devices, bytes);
        Expect.that(seconds >= last, devices + " devices, " + bytes + " bytes are faster");
        last = seconds;
      }
    }
    double many = interconnect.sendSeconds(LINKS, 1 << 20);
    Expect.that(many >= interconnect.sendSeconds(LINKS, 1), "1 MiB is sent faster than a byte");
    return "up to 8 GiB";
  }
}
