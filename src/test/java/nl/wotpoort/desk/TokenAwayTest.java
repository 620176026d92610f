package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.List;
import nl.wotpoort.smime.GoneToken;
import nl.wotpoort.smime.RevocationSource;
import nl.wotpoort.store.MessageRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key token that was taken out makes mail wait; it is no fault of the mail. */
class TokenAwayTest {

  @TempDir private Path folder;

  /** Stands for any step of opening that needs the token. */
  private static final class Token implements RevocationSource {
    private boolean away = true;

    @Override
    public long version() {
      return 0;
    }

    @Override
    public List<X509CRL> crls(List<String> addresses) {
      if (away) {
        throw GoneToken.answer();
      }
      return House.lists();
    }

    @Override
    public List<byte[]> ocsp(List<String> addresses, byte[] request) {
      return List.of();
    }
  }

  @Test
  void nothingIsCountedAgainstTheMessageHoweverLongItTakes() {
    Token token = new Token();
    try (House house = House.in(folder, usual -> House.lookingUp(usual, token))) {
      MessageRef ref = house.receive(House.OOST, house.fromGp("<1@linde.example>", House.REFERRAL));
      for (int i = 0; i < 3 * house.store.queue().maxAttempts(); i++) {
        house.work();
        house.clock.move(Duration.ofMinutes(10));
      }
      assertThat(house.store.holds().show(ref)).isEmpty();
      assertThat(house.post.takenFor(House.TEAM_OOST)).isEmpty();
      LiveRooms live = LiveRooms.fixed(house.rooms);
      new Desk(live).work();
      assertThat(live.isTokenAway()).as("and health says so").isTrue();
      house.clock.move(Duration.ofMinutes(10));

      token.away = false;
      house.work();
      assertThat(house.store.holds().show(ref)).isEmpty();
      assertThat(house.post.takenFor(House.TEAM_OOST)).hasSize(1);
    }
  }
}
