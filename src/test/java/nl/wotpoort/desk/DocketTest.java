package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Party;
import nl.wotpoort.rules.Finding;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.rules.judge.Destination;
import nl.wotpoort.rules.judge.Facts;
import nl.wotpoort.smime.Opened;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.CaseStatus;
import nl.wotpoort.store.Claimed;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.NewCase;
import nl.wotpoort.store.OutgoingClaim;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was written about a message before, how it is in the journal, and the case it opens. */
class DocketTest {

  private static final Address INFO = Address.of("info@wotschiedam.nl");

  @TempDir static Path folder;

  private static House house;

  /** A referral to all teams, so that its way was looked for. */
  private static Examined.Judged judged;

  @BeforeAll
  static void open() {
    house = House.in(folder);
    judged =
        new Examiner(house.rooms)
            .examine(
                house.sealed(
                    House.GP,
                    "gp/a.devries.p12",
                    INFO,
                    "gateway/info.pem",
                    "<9@gp.example>",
                    House.REFERRAL),
                INFO,
                House.START,
                Permission.NONE,
                House.START)
            .fold(
                unverified -> {
                  throw new AssertionError(unverified);
                },
                again -> {
                  throw new AssertionError(again);
                },
                all -> all);
    assertThat(judged.routed()).isPresent();
  }

  @AfterAll
  static void close() {
    house.close();
  }

  private static Docket docket(MessageRef ref, Examined.Judged what) {
    Claimed claimed =
        new Claimed(
            ref,
            0,
            judged.opened().content().entity(),
            INFO,
            Optional.empty(),
            House.START,
            "test",
            0);
    return new Docket(house.rooms, claimed, what, House.START);
  }

  private static Docket docket() {
    return docket(new MessageRef(900_000), judged);
  }

  /** A receipt counts as soon as it is posted, and no more when another took its place. */
  @Test
  void whatWasWrittenBefore() {
    assertThat(docket().round()).isZero();
    assertThat(docket().isTold()).isFalse();
    house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A");
    MessageRef ref = house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REQUEST));
    house.desk().work();
    Docket told = docket(ref, judged);
    assertThat(told.round()).isEqualTo(2);
    assertThat(told.isTold()).isTrue();
    assertThat(told.number())
        .as("the case it had")
        .isEqualTo(house.store.requests().show(ref).orElseThrow().caseNumber());
    OutgoingClaim claim =
        house.store.outbox().claim(house.clock.instant(), Duration.ofDays(1), "test", 9).get(0);
    RequestAtTheDoor door = new RequestAtTheDoor(house.rooms);
    assertThat(
            door.isTakenBack(
                claim,
                door.request(claim).orElseThrow(),
                "X",
                Consequences.none(),
                house.clock.instant()))
        .isTrue();
    Docket replaced = docket(ref, judged);
    assertThat(replaced.round()).isEqualTo(2);
    assertThat(replaced.isTold()).isFalse();
  }

  private static Decision.Forward to(Optional<WorkerId> worker, Finding... because) {
    Decision.Forward usual = (Decision.Forward) judged.decision();
    Destination d = usual.to();
    return new Decision.Forward(
        new Destination(
            d.address(),
            d.sealing(),
            worker.map(id -> new Party("wot:oost/" + id.value())).orElse(d.party()),
            d.role(),
            d.shownAs(),
            d.team(),
            worker),
        usual.matter(),
        usual.basis(),
        usual.marks(),
        List.of(because));
  }

  private static NewCase opened(Decision decision) {
    List<NewCase> opened =
        docket().inCase(Decision.Matter.REFERRAL, CaseStatus.FORWARDED, decision).opened();
    assertThat(opened).hasSize(1);
    return opened.get(0);
  }

  /** The worker's capacity only where it is why he was chosen. */
  @Test
  void howTheCaseFoundItsDesk() {
    WorkerId jansen = new WorkerId("w401");
    Finding load = Finding.of("routing", "EXPERTISE_CHOSEN");
    NewCase chosen = opened(to(Optional.of(jansen), load));
    assertThat(chosen.worker()).contains("w401");
    assertThat(chosen.team()).contains("oost");
    assertThat(chosen.route().orElseThrow().capacity()).contains(10);
    assertThat(chosen.route().orElseThrow().routes()).isEqualTo(house.rooms.directory().version());
    assertThat(chosen.route().orElseThrow().facts().reveal()).contains("wot:oost/w401");
    NewCase named = opened(to(Optional.of(jansen), Finding.of("routing", "BY_POSTCODE")));
    assertThat(named.worker()).contains("w401");
    assertThat(named.route().orElseThrow().capacity()).isEmpty();
    assertThat(opened(to(Optional.empty(), load)).route().orElseThrow().capacity()).isEmpty();
    Decision held =
        new Decision.Hold(Decision.Hold.Cause.NOT_ROUTABLE, "X", Optional.empty(), List.of(load));
    NewCase waits = opened(held);
    assertThat(waits.worker()).isEmpty();
    assertThat(waits.route().orElseThrow().capacity()).isEmpty();
    assertThat(waits.route().orElseThrow().facts().reveal()).doesNotContain("wot:oost/");
  }

  private static Examined.Judged by(Optional<Party> sender, Opened.Trusted opened) {
    Facts f = judged.facts();
    return new Examined.Judged(
        opened,
        judged.reading(),
        new Facts(
            f.mailbox(),
            f.signer(),
            sender,
            f.clientKey(),
            f.register(),
            f.running(),
            f.contactPerson(),
            f.load(),
            f.discounted(),
            false,
            f.now()),
        judged.client(),
        judged.decision());
  }

  @Test
  void whoItWasInTheJournal() {
    MessageRef ref = new MessageRef(900_000);
    JournalEntry known =
        docket(ref, by(Optional.of(new Party("gp:A/d1")), judged.opened()))
            .journal("X", JournalEntry.Outcome.SUCCESS);
    assertThat(known.actor())
        .isEqualTo(new Actor(House.GP.toString(), Optional.of("gp:A"), Optional.of("gp")));
    assertThat(known.client()).isEqualTo(judged.client()).isPresent();
    JournalEntry stranger =
        docket(ref, by(Optional.empty(), judged.opened()))
            .journal("X", JournalEntry.Outcome.FAILED);
    assertThat(stranger.actor())
        .isEqualTo(new Actor(House.GP.toString(), Optional.empty(), Optional.of("stranger")));
    assertThat(stranger.outcome()).isEqualTo(JournalEntry.Outcome.FAILED);
  }

  @Test
  void theRulesThatWereAsked() {
    Decision decision = to(Optional.empty(), Finding.of("judge", "ONE"), Finding.of("a", "TWO"));
    String routes = "ROUTES:" + house.rooms.directory().version();
    JournalEntry entry = docket().journal("X", JournalEntry.Outcome.SUCCESS, decision);
    assertThat(entry.ruleIds()).containsExactly("ONE", "TWO", routes);
    assertThat(entry.consentIds()).isEqualTo(Set.of());
    Opened.Trusted o = judged.opened();
    Opened.Trusted signedOnly =
        new Opened.Trusted(
            o.signer(),
            o.content(),
            List.of(nl.wotpoort.smime.Finding.NOT_ENCRYPTED),
            o.algorithms());
    assertThat(docket(new MessageRef(900_000), by(Optional.empty(), signedOnly)).rules(decision))
        .containsExactly("ONE", "TWO", "SIGNED_ONLY", routes);
  }
}
