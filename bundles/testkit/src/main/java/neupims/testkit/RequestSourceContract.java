// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import java.util.List;
import java.util.stream.Stream;
import neupims.api.unit.Parameters;
import neupims.api.workload.Request;
import neupims.api.workload.RequestSource;
import neupims.api.workload.WorkloadSpec;
import neupims.conformance.Contracts;
import neupims.conformance.Property;
import neupims.conformance.workload.SourceProperties;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What every {@link RequestSource} must do; {@link DrawnLengthsContract} is for those that draw
 * lengths.
 */
public abstract class RequestSourceContract {
  /** Requests that are read at most; a source of fewer is read to its end. */
  protected static final int REQUESTS = SourceProperties.REQUESTS;

  /** The source under test, a new one at each call. */
  protected abstract RequestSource source();

  /** A value for each of its parameters that has neither default nor leave to be missing. */
  protected Parameters parameters() {
    return Parameters.NONE;
  }

  /** What is tried. */
  List<Property<RequestSource>> properties() {
    return Contracts.source(parameters());
  }

  /** The requests of a specification, {@value SourceProperties#REQUESTS} at most. */
  protected final List<Request> read(WorkloadSpec spec) {
    return SourceProperties.read(source(), spec);
  }

  /** A specification with the source's parameters. */
  protected final WorkloadSpec spec(long requests, long seed) {
    return new SourceProperties(parameters()).spec(source(), requests, seed);
  }

  /** The same with a limit of its own. */
  protected final WorkloadSpec spec(long requests, int maxTokens, long seed) {
    return new SourceProperties(parameters()).spec(source(), requests, maxTokens, seed);
  }

  /** A test for each property. */
  @TestFactory
  public final Stream<DynamicTest> contract() {
    return PropertyTests.of(properties(), this::source);
  }
}
