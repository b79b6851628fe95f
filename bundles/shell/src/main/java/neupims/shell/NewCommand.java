// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import neupims.api.run.CatalogKind;
import neupims.api.run.PluginInfo;
import neupims.api.unit.InputException;
import neupims.shell.project.Place;
import neupims.shell.project.ProjectFolder;
import neupims.shell.project.Template;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the project of a plug-in. */
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Writes a Maven project of a plug-in: one class that works, its contract test, a README."
            + " KIND is one of scheduler, placement, split, estimator, compiler, npu-model,"
            + " memory-model, interconnect, request-source, router.",
    footer = {"", "Example: neupims new scheduler my-policy"})
final class NewCommand implements Callable<Integer> {
  private final Platform platform;

  @Parameters(index = "0", paramLabel = "KIND", description = "Kind of the plug-in.")
  private String kind;

  @Parameters(
      index = "1",
      paramLabel = "NAME",
      description = "Its name, by which experiments select it: lower-case words and hyphens.")
  private String name;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Folder to write to, empty or not there yet (default: NAME).")
  private Path folder;

  NewCommand(Platform platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    Template template = Template.of(kind);
    refuseTaken();
    Path target = folder == null ? Path.of(name) : folder;
    ProjectFolder.requireEmpty(target);
    Place place = Place.ofThisProcess();
    Map<String, String> files = template.files(name, place);
    ProjectFolder.write(target, files);
    platform
        .out()
        .printf(
            "%s %s: %d files in %s%nNext: cd %s, mvn package, and what README.md says there.%n",
            kind, name, files.size(), target, target);
    return 0;
  }

  private void refuseTaken() {
    Optional<PluginInfo> taken =
        platform.services().plugins().list().stream()
            .filter(p -> p.kind().equals(kind) && p.name().equals(name))
            .findFirst();
    if (taken.isPresent()) {
      throw new InputException(
          "NAME \"%s\": there is a %s of that name already (%s %s); choose another one"
              .formatted(name, kind, taken.get().bundle(), taken.get().version()));
    }
    CatalogKind item =
        switch (kind) {
          case "npu-model" -> CatalogKind.NPU;
          case "memory-model" -> CatalogKind.MEMORY;
          default -> null;
        };
    if (item != null && platform.services().catalog().names(item).contains(name)) {
      throw new InputException(
          "NAME \"%s\": the catalog has a %s of that name already; choose another one"
              .formatted(name, item.word()));
    }
  }
}
