// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.schedule;

import java.util.List;
import java.util.function.Supplier;
import neupims.api.schedule.GemvEstimator;
import neupims.api.schedule.GemvShape;
import neupims.conformance.Cases;
import neupims.conformance.Expect;
import neupims.conformance.Property;

/** What every {@link GemvEstimator} must do. */
public final class EstimatorProperties {
  private static final List<GemvShape> SHAPES =
      List.of(
          Cases.SHAPE,
          new GemvShape(32, 128, 512, 32),
          new GemvShape(14, 128, 512, 32),
          new GemvShape(1, 64, 1024, 16),
          new GemvShape(3, 80, 512, 64));
  private static final String TRIED =
      "%d shapes, 1 to %,d tokens".formatted(SHAPES.size(), Cases.MAX_TOKENS);

  private EstimatorProperties() {}

  /** The properties. */
  public static List<Property<GemvEstimator>> all() {
    return List.of(
        new Property<>("positive", "attention takes time", EstimatorProperties::positive),
        new Property<>(
            "longer is not cheaper",
            "a longer request never costs less, and one of full length more than one token",
            EstimatorProperties::longer),
        new Property<>(
            "more heads are not cheaper",
            "more heads never cost less",
            EstimatorProperties::moreHeads),
        new Property<>(
            "determinism",
            "the answer depends on the arguments alone, neither on earlier calls nor on the"
                + " instance",
            EstimatorProperties::determinism));
  }

  private static String positive(Supplier<GemvEstimator> fresh) {
    GemvEstimator estimator = fresh.get();
    for (GemvShape shape : SHAPES) {
      for (int tokens = 1; tokens <= Cases.MAX_TOKENS; tokens++) {
        long cycles = estimator.estimateCycles(shape, tokens);
        Expect.that(cycles > 0, "%d cycles for %d tokens of %s".formatted(cycles, tokens, shape));
      }
    }
    return TRIED;
  }

  private static String longer(Supplier<GemvEstimator> fresh) {
    GemvEstimator estimator = fresh.get();
    for (GemvShape shape : SHAPES) {
      long one = estimator.estimateCycles(shape, 1);
      long before = one;
      for (int tokens = 2; tokens <= Cases.MAX_TOKENS; tokens++) {
        long cycles = estimator.estimateCycles(shape, tokens);
        Expect.that(
            cycles >= before,
            "%d cycles for %d tokens, %d for one less, of %s"
                .formatted(cycles, tokens, before, shape));
        before = cycles;
      }
      Expect.that(before > one, "full length costs no more than one token of " + shape);
    }
    return TRIED;
  }

  private static String moreHeads(Supplier<GemvEstimator> fresh) {
    GemvEstimator estimator = fresh.get();
    for (GemvShape shape : SHAPES) {
      GemvShape twice =
          new GemvShape(2 * shape.heads(), shape.headDim(), shape.rowValues(), shape.banks());
      Expect.that(
          estimator.estimateCycles(twice, 300) >= estimator.estimateCycles(shape, 300),
          "twice the heads of " + shape + " cost less");
    }
    return SHAPES.size() + " shapes";
  }

  private static String determinism(Supplier<GemvEstimator> fresh) {
    GemvEstimator used = fresh.get();
    for (int tokens = 1; tokens <= Cases.MAX_TOKENS; tokens++) {
      long first = used.estimateCycles(Cases.SHAPE, tokens);
      used.estimateCycles(SHAPES.get(tokens % SHAPES.size()), Cases.MAX_TOKENS - tokens + 1);
      Expect.equal(first, used.estimateCycles(Cases.SHAPE, tokens), "asked again, " + tokens);
      Expect.equal(
          first, fresh.get().estimateCycles(Cases.SHAPE, tokens), "new instance, " + tokens);
    }
    return TRIED;
  }
}
