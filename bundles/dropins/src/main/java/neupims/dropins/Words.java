// SPDX-License-Identifier: Apache-2.0
package neupims.dropins;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutionException;
import org.osgi.framework.BundleException;

/** Failures in one line. */
final class Words {
  private Words() {}

  /** What was thrown, without those who only passed it on, and what that goes back to. */
  static String cause(Throwable failure) {
    Throwable thrown = failure;
    while (thrown.getCause() != null && isEnvelope(thrown)) {
      thrown = thrown.getCause();
    }
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String words = thrown instanceof BundleException ? thrown.getMessage() : thrown.toString();
    return oneLine(root == thrown ? words : words + " (" + root + ")");
  }

  private static boolean isEnvelope(Throwable failure) {
    return failure instanceof BundleException
        || failure instanceof ExecutionException
        || failure instanceof InvocationTargetException
        || failure instanceof ExceptionInInitializerError;
  }

  static String oneLine(String message) {
    return String.valueOf(message).replaceAll("\\s+", " ").trim();
  }
}
