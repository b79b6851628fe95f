// SPDX-License-Identifier: Apache-2.0
package neupims.engine.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import neupims.api.program.Kernel;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.run.DeviceDiff.ProgramPart;

/** Finds where two programs part, and says so in words. */
public final class ProgramParts {
  private static final String NOTHING = "nothing";

  private ProgramParts() {}

  /** The first place, by stages and tasks; empty if the programs are the same. */
  public static Optional<ProgramPart> of(Program first, Program second) {
    if (first.equals(second)) {
      return Optional.empty();
    }
    int stages = Math.max(first.stages().size(), second.stages().size());
    for (int s = 0; s < stages; s++) {
      Optional<ProgramPart> part = stage(at(first.stages(), s), at(second.stages(), s));
      if (part.isPresent()) {
        return part;
      }
    }
    return tensors(first, second);
  }

  private static <T> T at(List<T> list, int index) {
    return index < list.size() ? list.get(index) : null;
  }

  private static Optional<ProgramPart> stage(Stage a, Stage b) {
    if (a == null || b == null || !a.name().equals(b.name())) {
      return part("the stages", stageText(a), stageText(b));
    }
    String where = "stage " + a.name();
    int tasks = Math.max(a.tasks().size(), b.tasks().size());
    for (int t = 0; t < tasks; t++) {
      Task mine = at(a.tasks(), t);
      Task other = at(b.tasks(), t);
      if (mine == null || !mine.equals(other)) {
        return task(where + ", task " + (t + 1), mine, other);
      }
    }
    if (!a.partialSums().equals(b.partialSums())) {
      return part(where + ", partial sums", a.partialSums().toString(), b.partialSums().toString());
    }
    boolean same = a.repeat() == b.repeat() && a.inBlock() == b.inBlock();
    return same
        ? Optional.empty()
        : part(
            where,
            a.repeat() + ", in block " + a.inBlock(),
            b.repeat() + ", in block " + b.inBlock());
  }

  private static Optional<ProgramPart> task(String where, Task a, Task b) {
    if (a == null || b == null || !a.name().equals(b.name())) {
      return part(where, taskText(a), taskText(b));
    }
    String named = where + " (" + a.name() + ")";
    if (!a.kernel().equals(b.kernel())) {
      return kernel(named, a.kernel(), b.kernel());
    }
    return part(named, operands(a), operands(b));
  }

  private static Optional<ProgramPart> kernel(String where, Kernel a, Kernel b) {
    List<Resident> mine = residents(a);
    List<Resident> other = residents(b);
    if (a.getClass() == b.getClass() && mine.size() == other.size()) {
      for (int i = 0; i < mine.size(); i++) {
        if (!mine.get(i).equals(other.get(i))) {
          return part(
              where + ", request " + (i + 1) + " of its batch",
              text(mine.get(i)),
              text(other.get(i)));
        }
      }
    }
    return part(where, text(a), text(b));
  }

  private static Optional<ProgramPart> tensors(Program a, Program b) {
    for (int t = 0; t < Math.max(a.tensors().size(), b.tensors().size()); t++) {
      Object mine = at(a.tensors(), t);
      Object other = at(b.tensors(), t);
      if (mine == null || !mine.equals(other)) {
        return part("tensor " + (t + 1), String.valueOf(mine), String.valueOf(other));
      }
    }
    throw new IllegalStateException("programs that are not equal have no part that is not");
  }

  private static Optional<ProgramPart> part(String where, String first, String second) {
    return Optional.of(new ProgramPart(where, first, second));
  }

  private static String stageText(Stage stage) {
    return stage == null
        ? NOTHING
        : "stage %s of %d tasks".formatted(stage.name(), stage.tasks().size());
  }

  private static String taskText(Task task) {
    return task == null ? NOTHING : task.name() + ", " + text(task.kernel());
  }

  private static String operands(Task task) {
    return "after %s, inputs %s, output %d".formatted(task.after(), task.inputs(), task.output());
  }

  private static List<Resident> residents(Kernel kernel) {
    if (kernel instanceof Kernel.NpuAttention k) {
      return k.residents();
    }
    if (kernel instanceof Kernel.PimLogitSoftmax k) {
      return k.residents();
    }
    return kernel instanceof Kernel.PimAttend k ? k.residents() : List.of();
  }

  private static String text(Resident r) {
    return "request %d of %d tokens in channel %d"
        .formatted(r.request(), r.sequenceTokens(), r.channel());
  }

  /** A kernel without the list of its requests, which may be hundreds. */
  private static String text(Kernel kernel) {
    List<Resident> residents = new ArrayList<>(residents(kernel));
    if (residents.isEmpty()) {
      return kernel.toString();
    }
    long tokens = residents.stream().mapToLong(Resident::sequenceTokens).sum();
    return "%s of %d requests, %d tokens"
        .formatted(kernel.getClass().getSimpleName(), residents.size(), tokens);
  }
}
