package nl.wotpoort.store;

import static nl.wotpoort.store.Sample.LEASE;
import static nl.wotpoort.store.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.rules.calendar.Deadlines;
import nl.wotpoort.rules.referral.ReferralState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two stores open on one file, as two processes would have it: each thing is done by one of them.
 */
class TwoNodesTest {

  private static final int MAILS = 60;

  @TempDir Path folder;

  @Test
  void everyMailIsReceivedDecidedAndSentOnce() throws Exception {
    List<String> wire = Collections.synchronizedList(new ArrayList<>());
    try (Store one = Sample.open(folder);
        Store other = Sample.open(folder)) {
      List<Callable<Object>> tasks = new ArrayList<>();
      for (Store store : List.of(one, other, one, other)) {
        tasks.add(
            () -> {
              Road road = new Road(store, "node", LEASE, wire::add);
              for (long uid = 1; uid <= MAILS; uid++) {
                road.receive(uid, NOON);
                road.work(NOON);
              }
              road.workToTheEnd(NOON);
              return store;
            });
      }
      runAll(tasks);

      assertThat(wire).hasSize(2 * MAILS).doesNotHaveDuplicates();
      assertThat(one.cases().newest(1000)).hasSize(MAILS);
      assertThat(other.outbox().unsent(10)).isEmpty();
      assertThat(one.journal().verify())
          .satisfies(check -> assertThat(check.isSound()).isTrue())
          .satisfies(check -> assertThat(check.lines()).isEqualTo(2L * MAILS));
    }
  }

  /** A reminder and the step it is are one transaction from the version that was read. */
  @Test
  void aStepOfAReferralIsTakenByOne() throws Exception {
    List<String> taken = Collections.synchronizedList(new ArrayList<>());
    try (Store one = Sample.open(folder);
        Store other = Sample.open(folder)) {
      NewCase opened = Sample.newCase(1, one.queue().received(Sample.arrival(1)).ref());
      one.outbox()
          .post(
              Consequences.none()
                  .opening(opened)
                  .moving(
                      step(
                          opened.number(),
                          0,
                          Optional.of(new ReferralChange.Opened("gp:A", "verslaving", "", false)))),
              NOON);
      List<Callable<Object>> tasks = new ArrayList<>();
      for (Store store : List.of(one, other, one, other)) {
        tasks.add(
            () -> {
              try {
                store
                    .outbox()
                    .post(
                        Consequences.none().moving(step(opened.number(), 1, Optional.empty())),
                        NOON);
                taken.add("taken");
              } catch (CaseMoved since) {
                taken.add("moved");
              }
              return store;
            });
      }
      runAll(tasks);

      assertThat(taken).containsExactlyInAnyOrder("taken", "moved", "moved", "moved");
      assertThat(one.referrals().due(NOON, 9))
          .singleElement()
          .satisfies(file -> assertThat(file.version()).isEqualTo(2));
    }
  }

  private static ReferralChange step(
      CaseNumber number, int version, Optional<ReferralChange.Opened> opened) {
    return new ReferralChange(
        number,
        version,
        NOON,
        "REMIND_WORKER",
        ReferralState.FORWARDED,
        Optional.of(NOON),
        Optional.of(Deadlines.Step.WORKER),
        Optional.of(NOON),
        Optional.empty(),
        "",
        opened);
  }

  @Test
  void twoThatOpenANewStoreAtOnceBothGetIt() throws Exception {
    List<Callable<Object>> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      tasks.add(
          () -> {
            try (Store store = Sample.open(folder)) {
              return store.health().figures();
            }
          });
    }
    runAll(tasks);
  }

  private static void runAll(List<Callable<Object>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      for (Future<Object> future : threads.invokeAll(tasks)) {
        assertThat(future.get()).isNotNull();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
