// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import neupims.api.run.Catalog;
import neupims.api.run.Setting;
import neupims.api.run.Variant;
import neupims.api.unit.InputException;
import neupims.api.unit.NearestName;

/**
 * The two variants of a {@code --diff}: systems of the catalog with changes, {@code
 * neupims,memory.timing.rcd=15}, variants of experiments, {@code my.json:serial}, or the two that
 * an experiment has.
 *
 * @param names as the user calls them
 * @param variants the two
 */
record DiffSides(List<String> names, List<Variant> variants) {
  private static final String EXPECTED =
      "expected two of SYSTEM[,KEY=VALUE…] and FILE.json[:VARIANT], or an experiment of two"
          + " variants";

  /** What the catalog makes of what was given, settings on top of both. */
  static DiffSides of(List<Path> given, List<Setting> settings, Catalog catalog) {
    List<String> names = new ArrayList<>();
    List<Variant> variants = new ArrayList<>();
    for (Path path : given) {
      String text = path.toString();
      int end = text.indexOf(".json");
      boolean file = end >= 0 && !text.contains(",");
      if (file) {
        String wanted = text.substring(end + ".json".length());
        Path experiment = Path.of(text.substring(0, text.length() - wanted.length()));
        for (Variant variant : chosen(experiment, wanted, settings, catalog)) {
          names.add(variant.name());
          variants.add(variant);
        }
      } else {
        names.add(text);
        variants.add(system(text, settings, catalog));
      }
    }
    if (variants.size() != 2) {
      throw new InputException("--diff: " + variants.size() + " variants given; " + EXPECTED);
    }
    if (names.get(0).equals(names.get(1))) {
      names = List.of("first " + names.get(0), "second " + names.get(1));
    }
    return new DiffSides(List.copyOf(names), List.copyOf(variants));
  }

  private static List<Variant> chosen(
      Path file, String wanted, List<Setting> settings, Catalog catalog) {
    List<Variant> all = catalog.experiment(file, settings).variants();
    if (wanted.isEmpty()) {
      return all;
    }
    String name = wanted.substring(1);
    List<String> names = all.stream().map(Variant::name).toList();
    if (!names.contains(name)) {
      throw new InputException(
          "%s: no variant \"%s\"; there are %s%s"
              .formatted(file, name, String.join(", ", names), NearestName.hint(name, names)));
    }
    return List.of(all.get(names.indexOf(name)));
  }

  private static Variant system(String text, List<Setting> settings, Catalog catalog) {
    String[] parts = text.split(",");
    List<Setting> all = new ArrayList<>();
    all.add(new Setting("system", parts[0], "--diff " + text));
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals < 1) {
        throw new InputException("--diff %s: \"%s\"; %s".formatted(text, parts[i], EXPECTED));
      }
      all.add(
          new Setting(
              parts[i].substring(0, equals), parts[i].substring(equals + 1), "--diff " + text));
    }
    all.addAll(settings);
    return catalog.variant(all);
  }
}
