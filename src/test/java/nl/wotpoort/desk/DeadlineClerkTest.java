package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import nl.wotpoort.letter.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each reminder goes once, however many look for it and whatever stops in between. */
class DeadlineClerkTest {

  private static final Address COORDINATOR = Address.of("coordinator-oost@intern.wotschiedam.nl");

  /** When each step is due of a referral of Monday 15 June 2026, and who gets it. */
  private static final List<Instant> DUE =
      List.of(
          Instant.parse("2026-06-19T06:00:00Z"),
          Instant.parse("2026-06-22T06:00:00Z"),
          Instant.parse("2026-06-23T06:00:00Z"));

  private static final List<Address> READERS = List.of(House.TEAM_OOST, COORDINATOR, House.GP);

  @TempDir Path folder;

  @Test
  void eachStepOnceOverTwoNodesThatLookAtOnceAndStartAnew() throws Exception {
    try (House first = House.in(folder)) {
      first.receive(House.OOST, first.fromGp("<1@gp.example>", House.REFERRAL));
      first.work();
    }
    for (int i = 0; i < DUE.size(); i++) {
      // other processes every time: nothing is remembered but in the store
      try (House one = House.in(folder);
          House other = House.in(folder)) {
        assertThat(atOnce(one, other, DUE.get(i).minusMillis(1))).as("before its time").isZero();
        assertThat(atOnce(one, other, DUE.get(i))).as("step " + i).isEqualTo(1);
        assertThat(atOnce(one, other, DUE.get(i).plusSeconds(60))).as("again").isZero();
        one.clock.move(Duration.between(one.clock.instant(), DUE.get(i)));
        one.dispatch().work();
        assertThat(one.post.taken).extracting(Post.Parcel::to).containsExactly(READERS.get(i));
      }
    }
    try (House after = House.in(folder)) {
      assertThat(new DeadlineClerk(after.rooms).work(DUE.get(2).plusSeconds(90L * 86_400)))
          .as("after the last")
          .isZero();
    }
  }

  /** How many steps the two took together. */
  private static int atOnce(House one, House other, Instant now) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      int taken = 0;
      for (Future<Integer> node :
          two.invokeAll(List.of(node(one, now, start), node(other, now, start)))) {
        taken += node.get(60, TimeUnit.SECONDS);
      }
      return taken;
    } finally {
      two.shutdownNow();
    }
  }

  private static Callable<Integer> node(House house, Instant now, CyclicBarrier start) {
    DeadlineClerk clerk = new DeadlineClerk(house.rooms);
    return () -> {
      start.await(60, TimeUnit.SECONDS);
      return clerk.work(now);
    };
  }
}
