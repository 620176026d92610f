package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.ConsentEntry;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.MessageState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recording and withdrawing, and what goes on because of it. */
class ConsentClerkTest {

  private static final Actor WORKER = Actor.of("test", "worker");

  @TempDir Path folder;

  @Test
  void onlyWhatWaitsForThisClientsConsentGoesOn() {
    try (House house = House.in(folder)) {
      MessageRef hers = house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REQUEST));
      MessageRef another =
          house.receive(
              House.OOST,
              house.fromGp(
                  "<2@gp.example>",
                  House.REQUEST.replace("J. Voorbeeld", "P. Ander").replace("1980", "1975")));
      MessageRef unclear =
          house.receive(
              House.OOST,
              house.fromGp("<3@gp.example>", House.REFERRAL + "Urgentie: misschien\n"));
      house.work();
      assertThat(house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A").released())
          .isEqualTo(1);
      assertThat(house.store.queue().state(hers)).contains(MessageState.RECEIVED);
      assertThat(house.store.queue().state(another)).contains(MessageState.HELD);
      assertThat(house.store.queue().state(unclear)).contains(MessageState.HELD);
    }
  }

  /** By the journal, not by letters: for this sender none could be sealed. */
  @Test
  void alsoWhatNoReceiptCouldBeSealedForGoesOn() {
    try (House house = House.in(folder, usual -> House.sealingFor(usual, Map.of()))) {
      house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REQUEST));
      house.work();
      assertThat(house.post.tried).isEmpty();
      assertThat(house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A").released())
          .isEqualTo(1);
    }
  }

  @Test
  void aConsentThatDoesNotReachLeavesItHeldWithoutNews() {
    try (House house = House.in(folder)) {
      MessageRef ref = house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REQUEST));
      house.work();
      house.consent(ConsentRecord.Type.CONSENT, "wot:zuid", "gp:A");
      house.work();
      assertThat(house.store.queue().state(ref)).contains(MessageState.HELD);
      assertThat(house.post.taken).hasSize(1);
    }
  }

  @Test
  void withdrawingSaysWhatWasWithdrawnOrThatThereIsNone() {
    try (House house = House.in(folder)) {
      String id = house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A").id();
      house.clock.move(Duration.ofMinutes(1));
      assertThat(house.clerk().withdraw(id, "cliënt", "telefonisch", WORKER))
          .map(ConsentEntry::version)
          .contains(2);
      assertThat(house.clerk().withdraw("C-none", "cliënt", "telefonisch", WORKER)).isEmpty();
    }
  }

  /** Consent after withdrawal is a new record; the request that came between waited for it. */
  @Test
  void aRequestAfterAWithdrawalWaitsForANewConsent() {
    try (House house = House.in(folder)) {
      String id = house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A").id();
      house.clock.move(Duration.ofMinutes(1));
      house.clerk().withdraw(id, "cliënt", "telefonisch", WORKER);
      house.clock.move(Duration.ofMinutes(1));
      MessageRef ref = house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REQUEST));
      house.work();
      assertThat(house.store.holds().show(ref).orElseThrow().detail())
          .isEqualTo("AWAITING_CONSENT/WITHDRAWN");
      assertThat(house.readByGp(house.post.taken.get(0).letter())).doesNotContain("ingetrokken");
      house.clock.move(Duration.ofMinutes(1));
      assertThat(newConsent(house)).isEqualTo(1);
      house.work();
      assertThat(house.store.queue().state(ref)).contains(MessageState.DONE);
    }
  }

  private static int newConsent(House house) {
    return house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A").released();
  }
}
