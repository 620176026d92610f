package nl.wotpoort.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;
import org.junit.jupiter.api.Test;

final class CaseAddressTest {

  private static final CaseNumber NUMBER = CaseNumber.ofRandom(123_456_789_012L);

  private static final Settings.CaseAddress EACH =
      new Settings.CaseAddress("zaak+", Optional.of(""), "wotschiedam.nl");

  private static final Settings.CaseAddress SHARED =
      new Settings.CaseAddress("zaak", Optional.empty(), "wotschiedam.nl");

  @Test
  void eachCaseHasItsOwnAddressAndTheyShareAMailbox() {
    assertThat(EACH.caseOf(EACH.of(NUMBER))).contains(NUMBER);
    assertThat(EACH.mailbox()).contains(Address.of("zaak@wotschiedam.nl"));
  }

  @Test
  void anotherAddressIsOfNoCase() {
    assertThat(EACH.caseOf(Address.of("oost@wotschiedam.nl"))).isEmpty();
    assertThat(EACH.caseOf(Address.of("zaak+" + NUMBER + "@elders.nl"))).isEmpty();
    assertThat(EACH.caseOf(Address.of("zaak+niets@wotschiedam.nl"))).isEmpty();
  }

  @Test
  void oneAddressForAllSaysNothingAboutTheCase() {
    assertThat(SHARED.of(NUMBER)).isEqualTo(Address.of("zaak@wotschiedam.nl"));
    assertThat(SHARED.caseOf(SHARED.of(NUMBER))).isEmpty();
    assertThat(SHARED.mailbox()).contains(Address.of("zaak@wotschiedam.nl"));
  }
}
