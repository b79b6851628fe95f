// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.List;
import neupims.api.schedule.WaitingRequest;

/** Requests that are ready for service and not in it, in order of arrival. */
final class WaitingLine {
  private final List<Sequence> sequences = new ArrayList<>();
  private final List<WaitingRequest> views = new ArrayList<>();

  /** Lets a request in at its place; ids are in order of arrival. */
  void add(Sequence sequence) {
    int at = sequences.size();
    while (at > 0 && sequences.get(at - 1).id() > sequence.id()) {
      at--;
    }
    sequences.add(at, sequence);
    views.add(at, sequence.waiting());
  }

  int size() {
    return sequences.size();
  }

  /** As a scheduler sees them. */
  List<WaitingRequest> views() {
    return views;
  }

  /** The request of an id, null when it does not wait. */
  Sequence find(long id) {
    int low = 0;
    int high = sequences.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long there = sequences.get(middle).id();
      if (there == id) {
        return sequences.get(middle);
      } else if (there < id) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  /** Takes out those who have been taken into service. */
  void removeAdmitted(List<Sequence> admitted) {
    if (admitted.isEmpty()) {
      return;
    }
    admitted.forEach(sequence -> sequence.leaves = true);
    int kept = 0;
    for (int i = 0; i < sequences.size(); i++) {
      if (!sequences.get(i).leaves) {
        sequences.set(kept, sequences.get(i));
        views.set(kept++, views.get(i));
      }
    }
    sequences.subList(kept, sequences.size()).clear();
    views.subList(kept, views.size()).clear();
    admitted.forEach(sequence -> sequence.leaves = false);
  }
}
