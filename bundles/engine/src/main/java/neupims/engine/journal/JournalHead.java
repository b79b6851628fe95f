// SPDX-License-Identifier: Apache-2.0
package neupims.engine.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import neupims.api.run.PluginInfo;
import neupims.api.run.Plugins;
import neupims.api.run.SystemSpec;
import neupims.api.run.Variant;
import neupims.api.unit.InputException;

/**
 * Whose a journal is: the variant, its hardware with what simulates it, and the policies that it
 * began with. Bundles are told apart by name, version and a digest of what is in them.
 *
 * @param variant its name
 * @param hardware digest of everything that a device's answer depends on beside the program
 * @param engine bundles that simulate
 * @param models plug-ins that answers come from
 * @param policies plug-ins that programs come from
 */
public record JournalHead(
    String variant,
    long hardware,
    List<String> engine,
    List<String> models,
    List<String> policies) {
  private static final long FORMAT = 0x4e50_4a33;

  /**
   * Of a variant.
   *
   * @param plugins those that are there
   * @param models plug-ins that simulate its hardware
   * @param policies that it begins with, and whatever else decides what it runs
   */
  public static JournalHead of(
      Variant variant, Plugins plugins, List<PluginInfo> models, List<PluginInfo> policies) {
    SystemSpec system = variant.system();
    Digest digest = new Digest();
    digest.add(system.npu().toString());
    digest.add(system.memory().toString());
    digest.add(system.device().toString());
    return new JournalHead(
        variant.name(),
        digest.value(),
        plugins.engine(),
        models.stream().map(plugins::identity).toList(),
        policies.stream().map(plugins::identity).toList());
  }

  byte[] bytes() {
    Numbers to = new Numbers();
    to.put(FORMAT);
    to.put(variant);
    to.put(hardware);
    for (List<String> texts : List.of(engine, models, policies)) {
      to.put(texts.size());
      texts.forEach(to::put);
    }
    return to.written();
  }

  /** A head as it was written. */
  static JournalHead read(byte[] bytes, Path file) {
    Numbers from = new Numbers(bytes);
    if (from.number() != FORMAT) {
      throw refuse(file, "written by another version");
    }
    return new JournalHead(from.text(), from.number(), texts(from), texts(from), texts(from));
  }

  private static List<String> texts(Numbers from) {
    List<String> texts = new ArrayList<>();
    for (int left = from.count(); left > 0; left--) {
      texts.add(from.text());
    }
    return texts;
  }

  /**
   * Refuses to go on from the journal of another variant or other hardware.
   *
   * @param was the journal's head
   * @throws InputException if the answers in it are not those that would come now
   */
  void require(JournalHead was, Path file) {
    if (!was.variant().equals(variant)) {
      throw refuse(file, "of variant %s, not %s".formatted(was.variant(), variant));
    }
    if (!was.engine().equals(engine)) {
      throw refuse(file, "simulated by " + changes(was.engine(), engine));
    }
    if (!was.models().equals(models)) {
      throw refuse(file, "made with " + changes(was.models(), models));
    }
    if (was.hardware() != hardware) {
      throw refuse(file, "made with other values of npu, memory or device");
    }
  }

  /** Which policies are others than when a journal was written; empty if none is. */
  Optional<String> otherPolicies(JournalHead was) {
    return was.policies().equals(policies)
        ? Optional.empty()
        : Optional.of(changes(was.policies(), policies));
  }

  /** Refuses to go on where the run has taken another way than before. */
  InputException diverged(JournalHead was, Path file, Entry then, long iteration, int replica) {
    String policies =
        was.policies().equals(policies())
            ? "its policies are the same, so one of them is not a function of its input"
            : "it was made with " + changes(was.policies(), policies());
    return refuse(
        file,
        "of another run: the program of iteration %d%s is not the one that ran then%s; %s"
            .formatted(
                iteration,
                replica > 0 ? " of replica " + replica : "",
                then.iteration() == iteration ? "" : " (iteration " + then.iteration() + ")",
                policies));
  }

  private static String changes(List<String> was, List<String> now) {
    List<String> gone = new ArrayList<>(was);
    gone.removeAll(now);
    List<String> come = new ArrayList<>(now);
    come.removeAll(was);
    return "%s, now %s".formatted(String.join(", ", gone), String.join(", ", come));
  }

  private static InputException refuse(Path file, String why) {
    return new InputException(
        "%s: cannot go on from this journal: %s; remove it to simulate the variant from its"
                .formatted(file, why)
            + " beginning");
  }
}
