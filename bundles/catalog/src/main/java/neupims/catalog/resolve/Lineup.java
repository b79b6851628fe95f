// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import neupims.api.unit.InputException;

/**
 * The variants of one experiment or several: each under a name of its own, and those that resolve
 * to the same values only once.
 */
final class Lineup {
  /** A variant as its file gives it. */
  private record Entrant(
      String experiment,
      String given,
      boolean after,
      String system,
      JsonObject values,
      Resolution resolved) {

    /** Its name: whoever is called after the system it sets follows it. */
    String afterSystem() {
      return after ? system : given;
    }

    /** As warnings call it. */
    String shown(boolean several) {
      return several ? experiment + ":" + given : given;
    }
  }

  /**
   * A variant that takes part.
   *
   * @param name unique
   * @param resolution its values
   */
  record Place(String name, Resolution resolution) {}

  private final List<Entrant> entrants = new ArrayList<>();
  private final Set<String> experiments = new HashSet<>();

  /**
   * Adds a variant.
   *
   * @param experiment tells its file from the others
   * @param entry as the file has it, without a name if the file has no variants
   * @param resolution its values
   */
  void add(String experiment, ExperimentFile.Entry entry, Resolution resolution) {
    experiments.add(experiment);
    String system = resolution.values().get("system").orElseThrow().text();
    String given = entry.name().isEmpty() ? system : entry.name();
    // Whoever is called after the system it sets is called after the one it gets from --set.
    boolean after = entry.set().get("system").filter(leaf -> leaf.text().equals(given)).isPresent();
    entrants.add(
        new Entrant(experiment, given, after, system, ResolvedJson.values(resolution), resolution));
  }

  /**
   * Who takes part, in the order given.
   *
   * @param warnings takes a line for every group that is simulated once; none where all are one
   *     because they differed in their system alone and the user has chosen another
   */
  List<Place> places(List<String> warnings) {
    Map<JsonObject, List<Entrant>> groups = new LinkedHashMap<>();
    for (Entrant entrant : entrants) {
      groups.computeIfAbsent(entrant.values(), v -> new ArrayList<>()).add(entrant);
    }
    List<Entrant> kept = groups.values().stream().map(group -> group.get(0)).toList();
    List<String> names = names(kept);
    List<Place> places = new ArrayList<>();
    for (List<Entrant> group : groups.values()) {
      String name = names.get(places.size());
      places.add(new Place(name, group.get(0).resolved()));
      boolean chosen = groups.size() == 1 && group.stream().allMatch(Entrant::after);
      if (group.size() > 1 && !chosen) {
        warnings.add(
            "%s resolve to the same values: simulated once, as %s".formatted(listed(group), name));
      }
    }
    return places;
  }

  private List<String> names(List<Entrant> kept) {
    List<String> names = kept.stream().map(Entrant::afterSystem).toList();
    if (experiments.size() == 1) {
      return repeated(names).isEmpty() ? names : kept.stream().map(Entrant::given).toList();
    }
    Set<String> twice = repeated(names);
    List<String> full = new ArrayList<>();
    for (Entrant entrant : kept) {
      String name = entrant.afterSystem();
      full.add(twice.contains(name) ? entrant.experiment() + ":" + entrant.given() : name);
    }
    Set<String> still = repeated(full);
    if (!still.isEmpty()) {
      throw new InputException(
          "variants of several experiments are called \"%s\": rename one"
              .formatted(still.iterator().next()));
    }
    return full;
  }

  private static Set<String> repeated(List<String> names) {
    return names.stream()
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
        .entrySet()
        .stream()
        .filter(count -> count.getValue() > 1)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private String listed(List<Entrant> group) {
    List<String> all =
        group.stream().map(entrant -> entrant.shown(experiments.size() > 1)).toList();
    String last = all.get(all.size() - 1);
    return "variants " + String.join(", ", all.subList(0, all.size() - 1)) + " and " + last;
  }
}
