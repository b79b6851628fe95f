// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import neupims.api.workload.Request;
import org.junit.jupiter.api.Test;

class WaitingLineTest {
  @Test
  void requestsEnterAtTheirArrivalAndInOrder() {
    WaitingLine line =
        new WaitingLine(List.of(new Request(0, 5, 1, 1), new Request(1, 9, 1, 1)).iterator(), 10);
    line.arrive(4);
    assertTrue(line.waiting().isEmpty());
    assertFalse(line.exhausted());
    line.arrive(5);
    assertEquals(List.of(0L), line.waiting().stream().map(Request::id).toList());
    line.remove(Set.of(0L));
    line.arrive(100);
    assertEquals(List.of(1L), line.waiting().stream().map(Request::id).toList());
    line.remove(Set.of(1L));
    assertTrue(line.exhausted());
  }

  @Test
  void anEndlessSourceIsReadNoFurtherThanTheLimit() {
    AtomicInteger read = new AtomicInteger();
    Iterator<Request> endless =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public Request next() {
            return new Request(read.getAndIncrement(), 0, 1, 1);
          }
        };
    WaitingLine line = new WaitingLine(endless, 3);
    line.arrive(0);
    assertEquals(3, line.waiting().size());
    assertEquals(3, read.get());
  }
}
