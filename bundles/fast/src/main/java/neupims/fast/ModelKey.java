// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import neupims.api.run.PluginInfo;
import neupims.api.run.PrefillSpec;
import neupims.api.run.Variant;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Everything that a fit depends on, as text. */
final class ModelKey {
  /** Parts of a resolved variant that a fit depends on. */
  private static final List<String> PARTS =
      List.of("model", "tp", "pp", "npu", "memory", "device", "compiler", "batch");

  private ModelKey() {}

  /** The variant's values and its plug-ins, with versions. */
  static String of(Variant variant, List<PluginInfo> plugins) {
    JsonObject resolved = JsonParser.parseString(variant.resolvedJson()).getAsJsonObject();
    StringBuilder key = new StringBuilder();
    for (String part : PARTS) {
      JsonElement value = resolved.get(part);
      key.append(part).append('=').append(value).append('\n');
    }
    if (variant.serving().prefill().mode() == PrefillSpec.Mode.SEPARATE) {
      key.append("prefill=separate\n");
    }
    plugins.forEach(plugin -> key.append(plugin).append('\n'));
    return key.toString();
  }

  /**
   * A digest of the classes of every bundle: a version may stand still while code changes.
   *
   * @param context of any bundle
   */
  static String code(BundleContext context) {
    MessageDigest digest = sha256();
    Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getBundleId() != 0)
        .sorted(Comparator.comparing(Bundle::getSymbolicName).thenComparing(Bundle::getVersion))
        .forEach(bundle -> add(digest, bundle));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, Bundle bundle) {
    digest.update(
        (bundle.getSymbolicName() + bundle.getVersion()).getBytes(StandardCharsets.UTF_8));
    // A foreign library does not change under its version.
    var classes =
        bundle.getSymbolicName().startsWith("neupims.")
            ? bundle.findEntries("/", "*.class", true)
            : null;
    if (classes == null) {
      return;
    }
    for (URL entry :
        Collections.list(classes).stream().sorted(Comparator.comparing(URL::getPath)).toList()) {
      try (InputStream in = entry.openStream()) {
        digest.update(in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + entry, e);
      }
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
