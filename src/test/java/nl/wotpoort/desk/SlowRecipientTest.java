package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.route.SmtpAccount;
import nl.wotpoort.route.SmtpCourier;
import nl.wotpoort.route.TinySmtp;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.OutgoingClaim;
import nl.wotpoort.store.OutgoingFile;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.store.OutgoingState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One recipient whose server says nothing keeps nobody else waiting, over real SMTP. */
class SlowRecipientTest {

  private static final Address SLOW = Address.of("traag@intern.wotschiedam.nl");
  private static final int HANDS = 4;

  @TempDir Path folder;

  private static void post(House house, Address to, int number) {
    Bytes letter = Bytes.of("Subject: [WP]\r\n\r\n" + number + "\r\n", StandardCharsets.US_ASCII);
    house
        .store
        .outbox()
        .post(
            Consequences.none()
                .sending(
                    OutgoingLetter.of(
                        OutgoingLetter.Kind.FORWARD, "<" + number + "@x.example>", to, letter)),
            house.clock.instant());
  }

  private static SmtpCourier courier(TinySmtp server) {
    return new SmtpCourier(
        new SmtpAccount(
            "127.0.0.1",
            server.port(),
            SmtpAccount.Security.NONE,
            true,
            Optional.empty(),
            null,
            "poort.wotschiedam.nl"));
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(Duration.ofSeconds(50));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waited long enough").isBefore(end);
      LockSupport.parkNanos(20_000_000);
    }
  }

  @Test
  void theOthersGoOnWhileHisServerSaysNothing() throws InterruptedException {
    try (House house = House.in(folder);
        TinySmtp server = TinySmtp.start();
        SmtpCourier courier = courier(server)) {
      server.answer("RCPT TO:<" + SLOW + ">", TinySmtp.SILENCE);
      for (int i = 0; i < 10; i++) {
        post(house, SLOW, i);
      }
      for (int i = 10; i < 22; i++) {
        post(house, Address.of("snel" + i % 3 + "@intern.wotschiedam.nl"), i);
      }
      Dispatch dispatch =
          new Dispatch(
              house.rooms,
              courier,
              RetryLadder.usual(),
              new Dispatch.Hands(HANDS, 2),
              Settings.Refusals.FINAL);
      List<Thread> turns = new ArrayList<>();
      for (int i = 0; i < HANDS; i++) {
        Thread turn = new Thread(dispatch::work);
        turns.add(turn);
        turn.start();
      }
      await(() -> server.letters.size() == 12);
      await(() -> house.store.outbox().unsent(99).size() == 10);
      assertThat(house.store.outbox().unsent(99))
          .allMatch(letter -> letter.recipient().equals(SLOW));
      assertThat(house.store.outbox().unsent(99))
          .extracting(OutgoingFile::state)
          .filteredOn(OutgoingState.SENDING::equals)
          .as("no more than the turns there are")
          .hasSizeLessThanOrEqualTo(HANDS);
      assertThat(server.commands.stream().filter(("RCPT TO:<" + SLOW + ">")::equals))
          .as("no more than his share")
          .hasSizeLessThanOrEqualTo(2);

      dispatch.askToRest();
      server.close();
      for (Thread turn : turns) {
        turn.join(60_000);
      }
      dispatch.rest(Duration.ofSeconds(30));
      assertThat(house.store.outbox().unsent(99))
          .extracting(OutgoingFile::state)
          .containsOnly(OutgoingState.QUEUED);
    }
  }

  /** Who proved slow, all of them together, never has more than half of the hands. */
  @Test
  void manySlowOnesLeaveHalfOfTheHandsFree() {
    try (House house = House.in(folder)) {
      for (int i = 0; i < 8; i++) {
        post(house, Address.of("traag" + i + "@intern.wotschiedam.nl"), i);
      }
      Lanes lanes = new Lanes(HANDS, 2, dropped -> {});
      List<Address> first = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        begin(lanes, house)
            .ifPresent(
                claim -> {
                  first.add(claim.recipient());
                  house.clock.move(Duration.ofSeconds(30));
                  lanes.end(claim, house.clock.instant());
                  house
                      .store
                      .outbox()
                      .deferred(
                          claim, house.clock.instant(), new nl.wotpoort.store.Reply(0, "silence"));
                });
      }
      assertThat(first).hasSize(8);
      assertThat(begin(lanes, house)).isPresent();
      assertThat(begin(lanes, house)).isPresent();
      assertThat(begin(lanes, house)).as("half of four").isEmpty();
      post(house, Address.of("snel@intern.wotschiedam.nl"), 99);
      assertThat(begin(lanes, house).orElseThrow().recipient().toString()).startsWith("snel");
    }
  }

  /** Another turn took the last hand while this one's claim was being committed. */
  @Test
  void aLetterClaimedTooLateWaitsForAHandAndIsNotLost() {
    try (House house = House.in(folder)) {
      Lanes lanes = new Lanes(HANDS, 1, dropped -> {});
      Instant now = house.clock.instant();
      post(house, SLOW, 1);
      post(house, SLOW, 2);
      post(house, Address.of("snel@intern.wotschiedam.nl"), 3);
      OutgoingClaim first = begin(lanes, house).orElseThrow();
      Iterator<Optional<OutgoingClaim>> claimed =
          List.of(claim(house, Set.of(), now), claim(house, Set.of(), now)).iterator();
      Optional<OutgoingClaim> second = lanes.begin(busy -> claimed.next(), house.clock::instant);
      assertThat(first.recipient()).isEqualTo(SLOW);
      assertThat(second.orElseThrow().recipient()).isNotEqualTo(SLOW);
      assertThat(lanes.claimed()).hasSize(3);
      assertThat(begin(lanes, house)).isEmpty();

      house.clock.move(Duration.ofSeconds(50));
      lanes.claimed().forEach(claim -> lanes.kept(claim, house.clock.instant()));
      house.clock.move(Duration.ofSeconds(50));
      lanes.end(first, house.clock.instant());
      OutgoingClaim waited = begin(lanes, house).orElseThrow();
      assertThat(waited.recipient()).isEqualTo(SLOW);
      assertThat(waited.ref()).isNotEqualTo(first.ref());
    }
  }

  /** Longer than it is surely ours: it is not sent from here, for another node may have it. */
  @Test
  void aLetterThatWaitedTooLongIsLeftToItsLease() {
    try (House house = House.in(folder)) {
      List<OutgoingClaim> dropped = new ArrayList<>();
      Lanes lanes = new Lanes(HANDS, 1, dropped::add);
      Instant now = house.clock.instant();
      post(house, SLOW, 1);
      post(house, SLOW, 2);
      OutgoingClaim first = begin(lanes, house).orElseThrow();
      Iterator<Optional<OutgoingClaim>> claimed =
          List.of(claim(house, Set.of(), now), Optional.<OutgoingClaim>empty()).iterator();
      assertThat(lanes.begin(busy -> claimed.next(), house.clock::instant)).isEmpty();
      assertThat(lanes.claimed()).hasSize(2);
      house.clock.move(Dispatch.LEASE);
      lanes.end(first, house.clock.instant());
      assertThat(begin(lanes, house)).isEmpty();
      assertThat(lanes.claimed()).isEmpty();
      assertThat(dropped).as("gives its place in memory back").hasSize(1);
      assertThat(dropped.get(0).ref()).isNotEqualTo(first.ref());
    }
  }

  private static Optional<OutgoingClaim> begin(Lanes lanes, House house) {
    Instant now = house.clock.instant();
    return lanes.begin(busy -> claim(house, busy, now), house.clock::instant);
  }

  private static Optional<OutgoingClaim> claim(House house, Set<Address> busy, Instant now) {
    return house.store.outbox().claim(now, Duration.ofMinutes(30), "a", 1, busy).stream()
        .findFirst();
  }
}
