package nl.wotpoort.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.desk.ConsentClerk;
import nl.wotpoort.desk.ConsentForm;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.Documentation;
import nl.wotpoort.store.HeldMessage;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.store.OutgoingState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Between the decision and the next hop lies time, here a mail server that is away. What was
 * permitted then and is not any more does not leave, in both directions; whoever waits reads what
 * anybody reads whose request is held, and later that it lapsed ({@code RefusalsTest} compares
 * them).
 */
class AtTheDoorTest {

  private static final Address GP = Address.of("a.devries@praktijk-delinde.example");
  private static final Address TEAM = Address.of("oost@intern.wotschiedam.nl");
  private static final Actor WORKER = Actor.of("test", "worker");

  @TempDir Path home;

  private Openssl openssl;

  @BeforeEach
  void programs() throws IOException {
    openssl = new Openssl(Files.createDirectory(home.resolve("openssl")));
  }

  @Test
  void withdrawnAfterTheGpsRequestWasPermitted() throws IOException {
    try (PostOffice office = PostOffice.open();
        Gate hop = new Gate(office.submissionPort());
        House house = House.open(House.Plan.of(home, office).sendingTo(hop.port()))) {
      record(house, "wot:oost", "gp:A", "support", Optional.empty());
      hop.shut();
      decided(house, office, GP, "oost@wotschiedam.nl", "request-withdrawn-when-out/mail");
      clerk(house).withdraw("C-1", "client", "telefonisch", WORKER);
      hop.open();
      house.clock().move(Duration.ofMinutes(1));
      house.settle(office);
      stopped(house, office, GP, TEAM, "WITHDRAWN");
    }
  }

  @Test
  void expiredAfterTheTeamsRequestWasPermitted() throws IOException {
    try (PostOffice office = PostOffice.open();
        Gate hop = new Gate(office.submissionPort());
        House house = House.open(House.Plan.of(home, office).sendingTo(hop.port()))) {
      LocalDate today = LocalDate.of(2026, 6, 15);
      record(house, "gp:A", "wot:oost", "medical.summary", Optional.of(today));
      hop.shut();
      decided(house, office, TEAM, "post@wotschiedam.nl", "team-asks-gp-outside-a-case/ask");
      hop.open();
      house.clock().move(Duration.ofHours(14)); // 10:00 in Amsterdam, so the first minute tomorrow
      house.settle(office);
      stopped(house, office, TEAM, GP, "EXPIRED");
    }
  }

  /** Sends a mail, and waits until its forward was permitted and could not be delivered. */
  private static void decided(
      House house, PostOffice office, Address from, String mailbox, String mail)
      throws IOException {
    byte[] bytes =
        Files.readAllBytes(House.PROJECT.resolve("src/test/resources/scenarios/" + mail + ".eml"));
    try (Sender sender = new Sender(office.smtpPort())) {
      sender.send(from.toString(), mailbox, bytes);
    }
    Await.until(
        "a forward that waits",
        () -> states(house, OutgoingLetter.Kind.FORWARD, 1).contains(OutgoingState.QUEUED),
        () -> house.events(0));
    // the clock is about to jump: what is under way then would go once more when its lease ends
    Await.until(
        "the word to the asker, tried in vain",
        () -> states(house, OutgoingLetter.Kind.RECEIPT, 1).equals(List.of(OutgoingState.QUEUED)),
        () -> house.events(0));
    assertThat(house.store().requests().newest(1))
        .extracting(request -> request.state().name())
        .containsExactly("PERMITTED");
  }

  private void stopped(
      House house, PostOffice office, Address asker, Address reader, String reason) {
    assertThat(office.inbox(reader)).as("it does not leave").isEmpty();
    assertThat(states(house, OutgoingLetter.Kind.FORWARD, 0))
        .containsExactly(OutgoingState.STOPPED);
    assertThat(house.store().requests().newest(1))
        .extracting(request -> request.state().name())
        .containsExactly("HELD");
    assertThat(house.store().holds().list(9))
        .extracting(HeldMessage::detail)
        .containsExactly("AWAITING_CONSENT/" + reason);
    assertThat(house.journal(0))
        .anyMatch(
            line ->
                line.entry().event().equals("STOPPED")
                    && line.entry().detail().orElseThrow().reveal().equals(reason));
    List<Bytes> inbox = office.inbox(asker);
    assertThat(inbox).as("the asker heard once, and never that it went").hasSize(1);
    ReceivedLetter letter =
        ReceivedLetter.open(inbox.get(0), asker, openssl, house.clock().instant());
    assertThat(letter.text())
        .contains("Wij houden het vast.", "Vraag 1: nog niet doorgestuurd.")
        .doesNotContain("ingetrokken", "verlopen", "toestemming", "Voorbeeld");
  }

  /** Of the letters that were tried at least so often. */
  private static List<OutgoingState> states(House house, OutgoingLetter.Kind kind, int attempts) {
    return house.messages().stream()
        .flatMap((MessageRef ref) -> house.store().outbox().of(ref).stream())
        .filter(file -> file.kind() == kind && file.attempts() >= attempts)
        .map(file -> file.state())
        .toList();
  }

  private static ConsentClerk clerk(House house) {
    return new ConsentClerk(house.store(), house.clock(), () -> "C-1");
  }

  private static void record(
      House house, String holder, String recipient, String category, Optional<LocalDate> until) {
    Client nobody = Client.unknown();
    Client client =
        new Client(
            Optional.of(Confidential.of("J. Voorbeeld")),
            nobody.initials(),
            Optional.of(Confidential.of(LocalDate.of(1980, 4, 2))),
            nobody.postcode(),
            nobody.houseNumber(),
            nobody.phone(),
            nobody.bsn(),
            nobody.language(),
            nobody.guardians(),
            nobody.representative());
    ConsentForm form =
        new ConsentForm(
            ConsentRecord.Type.CONSENT,
            client,
            Set.of("client"),
            Set.of(new Party(holder)),
            Set.of(new Party(recipient)),
            Set.of(new Purpose("support")),
            Set.of(new Category(category)),
            Optional.empty(),
            until,
            Documentation.of("mondeling", "S. Jansen", "dossier", "wat, met wie en waarvoor"));
    assertThat(clerk(house).record(form, WORKER)).isPresent();
  }
}
