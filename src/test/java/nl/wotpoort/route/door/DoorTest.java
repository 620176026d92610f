package nl.wotpoort.route.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.desk.Rooms;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.route.TestRooms;
import nl.wotpoort.store.Arrival;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.Origin;
import nl.wotpoort.store.StoreTrouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a mail is for: an address of ours that stands in it, and never a guess. */
class DoorTest {

  private static final Origin ORIGIN = Origin.imap("alles", 1, 7);
  private static final Address OOST = Address.of("oost@wotschiedam.nl");

  @TempDir static Path folder;

  private static Rooms rooms;
  private static Door door;

  @BeforeAll
  static void open() {
    rooms = TestRooms.in(folder);
    door = new Door(rooms.store(), rooms::directory, rooms.identity(), rooms.clock());
  }

  @AfterAll
  static void close() {
    rooms.store().close();
  }

  private static Bytes mail(String headers) {
    return Bytes.of(
        headers.replace('|', '\n').replace("\n", "\r\n") + "\r\n\r\ntekst\r\n",
        StandardCharsets.US_ASCII);
  }

  private static List<String> shown(List<Arrival> arrivals) {
    return arrivals.stream()
        .map(
            a ->
                a.mailbox()
                    + " for "
                    + a.envelopeRecipient().map(Address::toString).orElse("-")
                    + " "
                    + a.origin().key().substring(ORIGIN.key().length()))
        .toList();
  }

  private static String fromCatchAll(String headers) {
    return String.join(", ", shown(door.fromFolder(Optional.empty(), ORIGIN, mail(headers))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "To: oost@wotschiedam.nl; oost@wotschiedam.nl for oost@wotschiedam.nl",
        "To: x@y.example|Cc: OOST@wotschiedam.nl; oost@wotschiedam.nl for oost@wotschiedam.nl",
        "To: Oost <oost@wotschiedam.nl>, <zuid@wotschiedam.nl>;"
            + " oost@wotschiedam.nl for oost@wotschiedam.nl ,"
            + " zuid@wotschiedam.nl for zuid@wotschiedam.nl /2",
        "To: oost@wotschiedam.nl|Cc: oost@wotschiedam.nl; oost@wotschiedam.nl for oost@wotschiedam.nl",
        // whom the server delivered for is more telling than whom it was written to
        "Delivered-To: zuid@wotschiedam.nl|To: oost@wotschiedam.nl;"
            + " zuid@wotschiedam.nl for zuid@wotschiedam.nl",
        "Delivered-To: zuid@wotschiedam.nl|Delivered-To: oost@wotschiedam.nl;"
            + " zuid@wotschiedam.nl for zuid@wotschiedam.nl ,"
            + " oost@wotschiedam.nl for oost@wotschiedam.nl /2",
        "Envelope-To: oost@wotschiedam.nl|X-Original-To: zuid@wotschiedam.nl;"
            + " zuid@wotschiedam.nl for zuid@wotschiedam.nl",
        "Delivered-To: alles@elders.example|To: oost@wotschiedam.nl;"
            + " oost@wotschiedam.nl for oost@wotschiedam.nl",
        // nobody of ours: for the gateway itself, where a person looks
        "To: niemand@wotschiedam.nl; poort@wotschiedam.nl for -",
        "Bcc: oost@wotschiedam.nl; poort@wotschiedam.nl for -",
        "Subject: oost@wotschiedam.nl; poort@wotschiedam.nl for -",
        "To: oost@wotschiedam.nl.elders.example; poort@wotschiedam.nl for -",
      })
  void aCatchAllsMailIsForWhomItSays(String headers, String expected) {
    assertThat(fromCatchAll(headers).strip()).isEqualTo(expected);
  }

  @Test
  void aCaseOrAnAliasIsTheMailboxBehindIt() {
    Address ofCase = rooms.identity().caseAddress(CaseNumber.ofRandom(2));
    assertThat(fromCatchAll("To: " + ofCase).strip())
        .isEqualTo("zaak@wotschiedam.nl for " + ofCase);
    assertThat(fromCatchAll("To: " + ofCase + ", zaak@wotschiedam.nl").strip())
        .as("one message")
        .isEqualTo("zaak@wotschiedam.nl for " + ofCase);
  }

  /**
   * The folder is oost's, whatever the mail says; how it was addressed is kept where it is ours.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "To: zuid@wotschiedam.nl; oost@wotschiedam.nl for -",
        "Delivered-To: zuid@wotschiedam.nl; oost@wotschiedam.nl for zuid@wotschiedam.nl",
        "Delivered-To: zuid@wotschiedam.nl|Delivered-To: info@wotschiedam.nl;"
            + " oost@wotschiedam.nl for zuid@wotschiedam.nl",
        "Delivered-To: x@elders.example; oost@wotschiedam.nl for -",
      })
  void aFolderOfOneMailboxIsItsOwners(String headers, String expected) {
    List<Arrival> arrivals = door.fromFolder(Optional.of(OOST), ORIGIN, mail(headers));
    assertThat(String.join(", ", shown(arrivals)).strip()).isEqualTo(expected);
    assertThat(arrivals).allSatisfy(a -> assertThat(a.origin()).isEqualTo(ORIGIN));
  }

  @ParameterizedTest
  @CsvSource({
    "oost@wotschiedam.nl, true",
    "OOST@WOTSCHIEDAM.NL, true",
    "poort@wotschiedam.nl, true",
    "zaak@wotschiedam.nl, true",
    "niemand@wotschiedam.nl, false",
    "oost@elders.example, false",
    "zaak+x@wotschiedam.nl, false",
    "oost@intern.wotschiedam.nl, false",
  })
  void onlyItsOwnAddressesAreServed(String address, boolean served) {
    assertThat(door.serves(Address.of(address))).isEqualTo(served);
  }

  @Test
  void aCaseIsServed() {
    Address ofCase = rooms.identity().caseAddress(CaseNumber.ofRandom(2));
    assertThat(door.serves(ofCase)).isTrue();
    Arrival arrival = door.fromEnvelope(ofCase, ORIGIN, Bytes.none());
    assertThat(arrival.mailbox()).isEqualTo(Address.of("zaak@wotschiedam.nl"));
    assertThat(arrival.envelopeRecipient()).contains(ofCase);
    assertThat(arrival.origin()).isEqualTo(ORIGIN);
  }

  @Test
  void whatIsSetAsideIsInTheJournal() {
    Origin aside = Origin.imap("alles", 1, 99);
    door.setAside(aside, "SET_ASIDE_TOO_LARGE");
    assertThat(rooms.store().journal().about(aside.source() + "/" + aside.key()))
        .singleElement()
        .satisfies(
            line -> {
              JournalEntry entry = line.entry();
              assertThat(entry.event()).isEqualTo("SET_ASIDE_TOO_LARGE");
              assertThat(entry.outcome()).isEqualTo(JournalEntry.Outcome.REFUSED);
              assertThat(entry.source()).isEqualTo(aside.source());
            });
  }

  /** A route that forgets to store them, or could not, moves nothing and says no 250. */
  @Test
  void aBatchThatWasNotStoredIsNotTaken() {
    Batch batch = new Batch(door.fromFolder(Optional.of(OOST), ORIGIN, mail("To: x@y.example")));
    assertThat(batch.isTaken()).isFalse();
    assertThatIllegalStateException().isThrownBy(() -> batch.requireTaken(null));
    IllegalArgumentException other = new IllegalArgumentException("x");
    assertThatIllegalStateException().isThrownBy(() -> batch.requireTaken(other)).withCause(other);
    RuntimeException away = StoreTrouble.away();
    assertThatThrownBy(() -> batch.requireTaken(away)).isSameAs(away);
    batch.take(rooms.store());
    assertThat(batch.isTaken()).isTrue();
    batch.requireTaken(away);
  }
}
