package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.smime.RevocationSource;
import nl.wotpoort.store.HeldMessage;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.MessageState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody knows whether the GP's certificate was revoked: held, until somebody does. */
class RevocationRetryTest {

  @TempDir private Path folder;

  /** Lists that are not there, until they are. */
  private static final class Lists implements RevocationSource {
    private List<X509CRL> there = List.of();
    private long version = 1;

    void come() {
      there = House.lists();
      version++;
    }

    @Override
    public long version() {
      return version;
    }

    @Override
    public List<X509CRL> crls(List<String> addresses) {
      return there;
    }

    @Override
    public List<byte[]> ocsp(List<String> addresses, byte[] request) {
      return List.of();
    }
  }

  @Test
  void aMessageThatWaitsForAListGoesOnWhenItIsThere() {
    Lists lists = new Lists();
    try (House house = House.in(folder, usual -> House.lookingUp(usual, lists))) {
      MessageRef ref = house.receive(House.OOST, house.fromGp("<1@linde.example>", House.REFERRAL));
      house.work();
      HeldMessage held = house.store.holds().show(ref).orElseThrow();
      assertThat(held.cause()).isEqualTo(HoldCause.NOT_VERIFIED);
      assertThat(held.detail()).isEqualTo("revocation-unknown");
      assertThat(house.post.takenFor(House.TEAM_OOST)).isEmpty();

      RevocationRetry retry = new RevocationRetry(house.rooms);
      retry.look(house.clock.instant());
      assertThat(house.store.holds().show(ref)).isPresent();

      lists.come();
      house.clock.move(Duration.ofMinutes(5));
      retry.look(house.clock.instant());
      house.work();
      assertThat(house.store.queue().state(ref)).contains(MessageState.DONE);
      assertThat(house.post.takenFor(House.TEAM_OOST)).isNotEmpty();
    }
  }

  /** The lists of the samples speak of 10 January and later; the mail is a day older. */
  @Test
  void aMessageThatLacksMoreThanAListIsReleasedOnce() {
    Lists lists = new Lists();
    try (House house = House.in(folder, usual -> House.lookingUp(usual, lists))) {
      house.clock.move(Duration.between(House.START, Instant.parse("2026-01-09T10:00:00Z")));
      MessageRef ref = house.receive(House.OOST, underAnotherSubject(house));
      house.work();
      assertThat(house.store.holds().show(ref).orElseThrow().detail())
          .isEqualTo("revocation-unknown");

      lists.come();
      house.clock.move(Duration.ofDays(2));
      for (int looks = 0; looks < 3; looks++) {
        new RevocationRetry(house.rooms).look(house.clock.instant());
        house.work();
      }
      assertThat(house.store.holds().show(ref).orElseThrow().detail()).isEqualTo("header-mismatch");
      assertThat(house.store.journal().about(ref.toString()))
          .filteredOn(line -> line.entry().event().equals("RELEASED"))
          .hasSize(1);
      assertThat(house.post.tried).isEmpty();
    }
  }

  private static Bytes underAnotherSubject(House house) {
    String mail =
        house.fromGp("<1@linde.example>", House.REFERRAL).decode(StandardCharsets.ISO_8859_1);
    assertThat(mail).contains("Subject: [...]");
    return Bytes.of(mail.replace("Subject: [...]", "Subject: Spoed"), StandardCharsets.ISO_8859_1);
  }
}
