package nl.wotpoort.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import nl.wotpoort.letter.Address;
import nl.wotpoort.route.Ports;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.OutgoingFile;
import nl.wotpoort.store.OutgoingState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail servers that are away or refuse: the gateway stays up, and what waits goes on by itself. */
class TransportTroubleTest {

  private static final String GP = "a.devries@praktijk-delinde.example";
  private static final Address TEAM = Address.of("oost@intern.wotschiedam.nl");

  @TempDir Path home;

  private static void sendReferral(PostOffice office) throws IOException {
    byte[] mail =
        Files.readAllBytes(
            House.PROJECT.resolve("src/test/resources/scenarios/referral-to-team/mail.eml"));
    try (Sender sender = new Sender(office.smtpPort())) {
      sender.send(GP, "oost@wotschiedam.nl", mail);
    }
  }

  @Test
  void anUnreachableSubmissionServer() throws IOException {
    int closed = Ports.free();
    try (PostOffice office = PostOffice.open();
        House house = House.open(House.Plan.of(home, office).sendingTo(closed))) {
      sendReferral(office);
      Await.until("a first attempt", () -> isDeferred(house), () -> letters(house));
      assertThat(office.inIntake()).isZero();
      assertThat(house.held()).isEmpty();
      assertThat(letters(house))
          .extracting(OutgoingFile::state)
          .containsExactlyInAnyOrder(OutgoingState.QUEUED, OutgoingState.WAITING);

      try (PostOffice back = PostOffice.openAt(closed)) {
        house.clock().move(Duration.ofMinutes(1));
        house.settle(office);
        assertThat(back.inbox(TEAM)).hasSize(1);
        assertThat(back.inbox(Address.of(GP))).hasSize(1);
        assertThat(back.envelopes())
            .containsExactly(
                new PostOffice.Envelope("poort@wotschiedam.nl", TEAM.toString()),
                new PostOffice.Envelope("", GP)); // the receipt only after the forward
      }
    }
  }

  private static List<OutgoingFile> letters(House house) {
    return house.store().outbox().of(new MessageRef(1));
  }

  private static boolean isDeferred(House house) {
    return letters(house).stream()
        .anyMatch(letter -> letter.attempts() == 1 && letter.state() == OutgoingState.QUEUED);
  }

  @Test
  void aWrongImapPassword() throws IOException {
    try (PostOffice office = PostOffice.open();
        House house = House.open(House.Plan.of(home, office).withImapPassword("verkeerd"))) {
      sendReferral(office);
      Await.until("a failed login", () -> hasFailed(house), house::health);
      assertThat(office.inIntake()).isEqualTo(1);
      assertThat(house.messages()).isEmpty();

      office.acceptIntakePassword("verkeerd");
      house.settle(office);
      assertThat(office.inbox(TEAM)).hasSize(1);
      assertThat(office.inbox(Address.of(GP))).hasSize(1);
      assertThat(house.health()).allMatch(intake -> intake.lastSuccess().isPresent());
    }
  }

  private static boolean hasFailed(House house) {
    return house.health().stream().allMatch(intake -> intake.lastFailure().isPresent());
  }

  @Test
  void anUnreachableImapServer() throws IOException {
    int closed = Ports.free();
    try (PostOffice office = PostOffice.open();
        House house = House.open(House.Plan.of(home, office).fetchingFrom(closed))) {
      Await.until("a failed connection", () -> hasFailed(house), house::health);
      assertThat(house.store().health().figures().messages()).isEmpty();
    }
  }
}
