// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.platform;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.hooks.service.ListenerHook.ListenerInfo;

/**
 * Bundles that are here for a check and for nobody else: they may have the name and version of
 * another that is in use, and nobody finds or hears of their services but whoever checks them and
 * Declarative Services, which makes them.
 */
final class Seclusion implements CollisionHook, FindHook, EventListenerHook, AutoCloseable {
  private static final String DECLARATIVE_SERVICES = "org.apache.felix.scr";

  private final BundleContext context;
  private final ServiceRegistration<?> hooks;
  private final Set<Bundle> secluded = ConcurrentHashMap.newKeySet();
  private volatile String installing = "";

  Seclusion(BundleContext context) {
    this.context = context;
    String[] types = {
      CollisionHook.class.getName(), FindHook.class.getName(), EventListenerHook.class.getName()
    };
    hooks = context.registerService(types, this, null);
  }

  /** Installs a bundle from a location. */
  synchronized Bundle install(String location) throws BundleException {
    installing = location;
    try {
      Bundle bundle = context.installBundle(location);
      secluded.add(bundle);
      return bundle;
    } finally {
      installing = "";
    }
  }

  /** The one that is being installed may be another's twin, and so may others be of those here. */
  @Override
  public void filterCollisions(int operation, Bundle target, Collection<Bundle> candidates) {
    boolean ours = operation == INSTALLING && target.equals(context.getBundle());
    if (ours && !installing.isEmpty()) {
      candidates.clear();
    } else {
      candidates.removeAll(secluded);
    }
  }

  @Override
  public void find(
      BundleContext asks,
      String name,
      String filter,
      boolean allServices,
      Collection<ServiceReference<?>> references) {
    if (!maySee(asks)) {
      references.removeIf(this::isSecluded);
    }
  }

  @Override
  public void event(ServiceEvent event, Map<BundleContext, Collection<ListenerInfo>> listeners) {
    if (isSecluded(event.getServiceReference())) {
      listeners.keySet().removeIf(listener -> !maySee(listener));
    }
  }

  private boolean isSecluded(ServiceReference<?> reference) {
    Bundle bundle = reference.getBundle();
    return bundle != null && secluded.contains(bundle);
  }

  private boolean maySee(BundleContext who) {
    Bundle bundle = who.getBundle();
    return bundle.equals(context.getBundle())
        || secluded.contains(bundle)
        || bundle.getSymbolicName().equals(DECLARATIVE_SERVICES)
        || bundle.getLocation().equals(Constants.SYSTEM_BUNDLE_LOCATION);
  }

  /** Takes them away again. */
  @Override
  public void close() throws BundleException {
    try {
      for (Bundle bundle : secluded) {
        bundle.uninstall();
      }
    } finally {
      hooks.unregister();
    }
  }
}
