// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.opentest4j.AssertionFailedError;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestAddress;
import org.ops4j.pax.exam.TestContainerException;
import org.ops4j.pax.exam.TestDirectory;
import org.ops4j.pax.exam.TestInstantiationInstruction;
import org.ops4j.pax.exam.TestProbeBuilder;
import org.ops4j.pax.exam.spi.ExamReactor;
import org.ops4j.pax.exam.spi.StagedExamReactor;
import org.ops4j.pax.exam.spi.reactors.ReactorManager;

/**
 * Runs the tests of a class inside an OSGi framework with all bundles of the distribution and a
 * bundle that holds the class; fields marked {@code javax.inject.Inject} receive services.
 *
 * <p>Pax Exam has no driver for JUnit 5; this is one over its SPI. Limits: class and methods are
 * public, only {@code @Test} methods run inside, {@code @BeforeEach} and the like would run
 * outside.
 */
final class InContainer implements BeforeAllCallback, AfterAllCallback, InvocationInterceptor {
  private final ReactorManager manager = ReactorManager.getInstance();
  private final Map<String, TestAddress> addresses = new HashMap<>();
  private StagedExamReactor reactor;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    Class<?> type = context.getRequiredTestClass();
    Object instance = type.getConstructor().newInstance();
    ExamReactor exam = manager.prepareReactor(type, instance);
    exam.addConfiguration(options());
    TestProbeBuilder probe = manager.createProbeBuilder(instance);
    Map<TestAddress, String> names = new HashMap<>();
    for (String name : testNames(type)) {
      TestAddress address = probe.addTest(type, name);
      names.put(address, name);
      TestDirectory.getInstance()
          .add(address, new TestInstantiationInstruction(type.getName() + ";" + name));
    }
    exam.addProbe(probe);
    reactor = manager.stageReactor();
    reactor.getTargets().forEach(target -> addresses.put(names.get(target.root()), target));
    manager.beforeClass(reactor, type);
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    invocation.skip();
    try {
      reactor.invoke(addresses.get(method.getExecutable().getName()));
    } catch (TestContainerException | InvocationTargetException e) {
      throw whatTheTestThrew(e);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    manager.afterClass(reactor, context.getRequiredTestClass());
  }

  private static List<String> testNames(Class<?> type) {
    return AnnotationSupport.findAnnotatedMethods(type, Test.class, HierarchyTraversalMode.TOP_DOWN)
        .stream()
        .map(Method::getName)
        .toList();
  }

  private static Throwable whatTheTestThrew(Throwable wrapped) {
    Throwable cause = wrapped;
    while (cause.getCause() != null
        && (cause instanceof TestContainerException
            || cause instanceof InvocationTargetException)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static Option[] options() {
    Stream<String> distribution =
        Distribution.bundles().stream().map(jar -> jar.toUri().toString());
    Stream<String> junit =
        Stream.of(Assertions.class, AnnotationSupport.class, AssertionFailedError.class)
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation().toString());
    Stream<Option> bundles =
        Stream.concat(distribution, junit).map(url -> CoreOptions.bundle("reference:" + url));
    // As the launcher has it: tests of components that throw are not to fill the build's log.
    Option quiet = CoreOptions.frameworkProperty("ds.log.enabled").value("false");
    return Stream.concat(bundles, Stream.of(quiet)).toArray(Option[]::new);
  }
}
