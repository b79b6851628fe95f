// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.platform;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.function.Supplier;
import neupims.api.run.PluginKind;
import neupims.api.run.PropertyResult;
import neupims.conformance.Outcome;
import neupims.conformance.Property;
import neupims.conformance.Violation;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Instances of a registered plug-in: new ones where its class has a public constructor without
 * arguments, else the registered one each time.
 */
final class Instances<T> implements Supplier<T> {
  private final BundleContext context;
  private final ServiceReference<?> reference;
  private final PluginKind<T> kind;
  private T first;

  Instances(BundleContext context, ServiceReference<?> reference, PluginKind<T> kind) {
    this.context = context;
    this.reference = reference;
    this.kind = kind;
  }

  /** Whether the service can be had at all; a constructor may throw or hang. */
  PropertyResult made(Duration limit) {
    Property<T> can = new Property<>("can be made", "its constructor returns", fresh -> make());
    Outcome outcome = can.test(this, limit);
    return PlatformConformance.result(outcome);
  }

  private String make() throws Exception {
    Object service = context.getService(reference);
    if (service == null) {
      constructorThrows();
      throw new Violation("its component does not activate");
    }
    first = kind.type().cast(service);
    return service.getClass().getName();
  }

  /** Declarative Services keep the reason to themselves; the component's name is its class's. */
  private void constructorThrows() throws Exception {
    Object name = reference.getProperty("component.name");
    try {
      reference.getBundle().loadClass(String.valueOf(name)).getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    } catch (ClassNotFoundException | NoSuchMethodException unknown) {
      return;
    }
  }

  /** The registered one. */
  T first() {
    return first;
  }

  @Override
  public T get() {
    try {
      Constructor<?> constructor = first.getClass().getDeclaredConstructor();
      if (Modifier.isPublic(constructor.getModifiers())) {
        return kind.type().cast(constructor.newInstance());
      }
      return first;
    } catch (ReflectiveOperationException noSuchConstructor) {
      return first;
    }
  }
}
