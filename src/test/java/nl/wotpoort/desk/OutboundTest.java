package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.JournalLine;
import nl.wotpoort.store.MessageRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker's letter to a practice: what the road as stories (scenarios/staff-*) does not show. */
class OutboundTest {

  private static final Address POST = Address.of("post@wotschiedam.nl");
  private static final Address WORKER = Address.of("s.jansen@intern.wotschiedam.nl");

  @TempDir Path folder;

  private static Bytes letter(House house, String body) {
    return house.sealed(
        WORKER, "team/s.jansen.p12", POST, "gateway/post.pem", "<1@intern.example>", body);
  }

  @Test
  void withoutCertificateNothingLeavesAndTheWorkerReadsForWhom() {
    try (House house =
        House.in(
            folder,
            usual ->
                House.sealingFor(usual, Map.of(WORKER, House.certificates("team/s.jansen.pem"))))) {
      MessageRef ref =
          house.receive(POST, letter(house, "Aan: " + House.GP + "\nCliënt: geen\n\nNieuws."));
      house.work();
      assertThat(house.store.holds().show(ref))
          .hasValueSatisfying(held -> assertThat(held.cause()).isEqualTo(HoldCause.NOT_SEALABLE));
      assertThat(house.post.taken).extracting(Post.Parcel::to).containsExactly(WORKER);
      assertThat(house.read(house.post.taken.get(0).letter(), WORKER, "team/s.jansen.p12"))
          .contains("Voor " + House.GP + " hebben wij geen geldig certificaat", "niet verstuurd");
    }
  }

  @Test
  void itIsSealedForThePracticeComesFromTheTeamAndIsJournalledWithItsConsent() {
    try (House house = House.in(folder)) {
      house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A", "feedback");
      MessageRef ref =
          house.receive(
              POST,
              letter(
                  house,
                  "Aan: <"
                      + House.GP
                      + ">\nCliënt: J. Voorbeeld\nGeboortedatum: 2-4-1980\n\n"
                      + "Wij maken een plan."));
      house.work();
      Post.Parcel sent = house.post.takenFor(House.GP).get(0);
      assertThat(sent.header("From")).isEqualTo("oost@wotschiedam.nl");
      assertThat(sent.header("Content-Type")).contains("pkcs7-mime");
      assertThat(house.readByGp(sent.letter())).contains("Wij maken een plan.");
      assertThat(house.store.journal().about(ref.toString()))
          .extracting(JournalLine::entry)
          .filteredOn(entry -> entry.event().equals("FORWARDED"))
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.outcome()).isEqualTo(JournalEntry.Outcome.SUCCESS);
                assertThat(entry.consentIds()).hasSize(1);
                assertThat(entry.caseNumber()).isPresent();
                assertThat(entry.detail().orElseThrow().reveal()).isEqualTo("gp:A/d1");
              });
    }
  }
}
