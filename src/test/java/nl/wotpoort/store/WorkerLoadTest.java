package nl.wotpoort.store;

import static nl.wotpoort.store.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import nl.wotpoort.letter.Confidential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How busy workers are, and that nobody gets more cases than there is room for. */
class WorkerLoadTest {

  private static final int CAPACITY = 5;

  @TempDir Path folder;

  private static RouteMemo memo(Optional<Integer> capacity) {
    return new RouteMemo("3-abc", Confidential.of("addressed=a@b.example"), capacity);
  }

  private static void open(Store store, NewCase opened) {
    store.outbox().post(Consequences.none().opening(opened), NOON);
  }

  private static void update(Store store, CaseUpdate update) {
    store.outbox().post(Consequences.none().updating(update), NOON);
  }

  private static NewCase newCase(long uid) {
    NewCase sample = Sample.newCase(uid, new MessageRef(1));
    return new NewCase(
        sample.number(),
        sample.status(),
        NOON.plusSeconds(uid),
        sample.sender(),
        Optional.empty(),
        sample.team(),
        sample.worker(),
        sample.client(),
        sample.event());
  }

  /** Names that hash alike, that begin alike, and thousands of them. */
  @Test
  void everyWorkerIsFoundAmongThousandsAndNobodyElse() {
    List<String> names = new ArrayList<>(List.of("Aa", "BB", "AaAa", "BBBB", "AaBB", "w", "w1"));
    for (int i = 0; i < 5000; i++) {
      names.add("b" + i * 7);
    }
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      entries.add(names.get(i) + " " + i + " " + (i % 3 == 0 ? 0 : 1000L + i));
    }
    WorkerLoad load = WorkerLoad.parse(String.join(",", entries));
    for (int i = 0; i < names.size(); i++) {
      assertThat(load.openCases(names.get(i))).isEqualTo(i);
      assertThat(load.lastAssigned(names.get(i)))
          .isEqualTo(i % 3 == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(1000L + i)));
    }
    for (String nobody : List.of("", "b", "b1", "BBAa", "w11", "1", "b7 1", "b34993 ")) {
      assertThat(load.openCases(nobody)).as(nobody).isZero();
      assertThat(load.lastAssigned(nobody)).as(nobody).isEmpty();
    }
    assertThat(WorkerLoad.parse("a 1 0").openCases("a")).isEqualTo(1);
    assertThat(WorkerLoad.none().openCases("a")).isZero();
  }

  @Test
  void followsEveryCaseThatOpensMovesAndCloses() {
    try (Store store = Sample.open(folder)) {
      assertThat(store.cases().load().openCases("w1")).isZero();
      assertThat(store.cases().load().lastAssigned("w1")).isEmpty();
      open(store, newCase(1));
      open(store, newCase(2));
      assertThat(store.cases().load().openCases("w1")).isEqualTo(2);
      assertThat(store.cases().load().lastAssigned("w1")).contains(NOON.plusSeconds(2));

      update(
          store,
          CaseUpdate.of(Sample.number(1), NOON.plusSeconds(9), "MOVED")
              .assignedTo(Optional.of("zuid"), Optional.of("w2")));
      assertThat(store.cases().load().openCases("w1")).isEqualTo(1);
      assertThat(store.cases().load().openCases("w2")).isEqualTo(1);
      assertThat(store.cases().load().lastAssigned("w2")).contains(NOON.plusSeconds(9));

      update(
          store, CaseUpdate.of(Sample.number(2), NOON, "DECLINED").becoming(CaseStatus.DECLINED));
      update(store, CaseUpdate.of(Sample.number(2), NOON, "AGAIN"));
      assertThat(store.cases().load().openCases("w1")).isZero();
      update(store, CaseUpdate.of(Sample.number(2), NOON, "OPENED").becoming(CaseStatus.OPEN));
      assertThat(store.cases().load().openCases("w1")).isEqualTo(1);
    }
  }

  @Test
  void whoIsChosenForHavingRoomIsRefusedWithoutAndNothingIsWritten() {
    try (Store store = Sample.open(folder)) {
      open(store, newCase(1).routed(memo(Optional.of(1))));
      assertThatThrownBy(() -> open(store, newCase(2).routed(memo(Optional.of(1)))))
          .isInstanceOf(WorkerFull.class);
      assertThat(store.cases().show(Sample.number(2))).isEmpty();
      assertThat(store.cases().load().openCases("w1")).isEqualTo(1);
      // somebody who was named gets it all the same
      open(store, newCase(3).routed(memo(Optional.empty())));
      assertThat(store.cases().load().openCases("w1")).isEqualTo(2);
      assertThat(store.cases().routed(10))
          .extracting(RoutedCase::number)
          .containsExactly(Sample.number(3), Sample.number(1));
    }
  }

  /** Four nodes, each with the store open by itself, all with cases for one worker. */
  @Test
  void decisionsOnSeveralNodesNeverOverbook() throws Exception {
    Sample.open(folder).close();
    ExecutorService nodes = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> taken = new ArrayList<>();
      for (int node = 0; node < 4; node++) {
        long first = 100L * (node + 1);
        taken.add(nodes.submit(gives(first)));
      }
      int all = 0;
      for (Future<Integer> one : taken) {
        all += one.get(60, TimeUnit.SECONDS);
      }
      assertThat(all).isEqualTo(CAPACITY);
    } finally {
      nodes.shutdownNow();
    }
    try (Store store = Sample.open(folder)) {
      assertThat(store.cases().load().openCases("w1")).isEqualTo(CAPACITY);
      assertThat(store.cases().newest(100)).hasSize(CAPACITY);
    }
  }

  private Callable<Integer> gives(long first) {
    return () -> {
      int taken = 0;
      int refused = 0;
      try (Store store = Sample.open(folder)) {
        for (long uid = first; uid < first + 4; uid++) {
          try {
            open(store, newCase(uid).routed(memo(Optional.of(CAPACITY))));
            taken++;
          } catch (WorkerFull full) {
            refused++;
          }
        }
      }
      assertThat(taken + refused).isEqualTo(4);
      return taken;
    };
  }
}
