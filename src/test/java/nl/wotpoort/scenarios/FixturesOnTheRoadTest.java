package nl.wotpoort.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.store.HeldMessage;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.MessageState;
import nl.wotpoort.store.OutgoingFile;
import nl.wotpoort.store.OutgoingLetter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every mail of src/test/resources/fixtures (made by OpenSSL, gpgsm, NSS, node-forge and Python)
 * over SMTP into the mailbox, fetched over IMAP, through one gateway: what is sound is answered,
 * what is not is held without a word to anybody.
 */
class FixturesOnTheRoadTest {

  private static final Path FIXTURES = House.PROJECT.resolve("src/test/resources/fixtures");
  private static final Address ELSEWHERE = Address.of("niemand@elders.example");

  @TempDir static Path home;

  private static PostOffice office;
  private static House house;
  private static List<Fixture> fixtures;
  private static Map<Integer, MessageRef> messages;
  private static Map<MessageRef, HeldMessage> held;

  /** The line by which a mail is known again: in which order they are fetched nobody promises. */
  private static final Pattern TURN = Pattern.compile("(?m)^X-Turn: (\\d+)\r?$");

  /** A mail, and which one it was from the first on, counted from 0. */
  private record Fixture(int turn, String file, String expect, String mailbox) {
    MessageRef ref() {
      return Objects.requireNonNull(messages.get(turn), file);
    }

    /** A mail server puts lines above an empty mail, which makes it one without a body. */
    String expectOnTheRoad() {
      return file.endsWith("--empty-file.eml") ? "REJECT:not-encrypted" : expect;
    }

    boolean isSound() {
      return expect.equals("ACCEPT");
    }
  }

  @BeforeAll
  static void everythingArrives() throws IOException {
    office = PostOffice.open();
    house = House.open(House.Plan.of(home, office));
    List<String> rows = Files.readAllLines(FIXTURES.resolve("MANIFEST.tsv"));
    fixtures =
        Stream.iterate(1, i -> i < rows.size(), i -> i + 1)
            .map(i -> fixture(i - 1, rows.get(i).split("\t")))
            .toList();
    try (Sender sender = new Sender(office.smtpPort())) {
      for (Fixture fixture : fixtures) {
        sender.send(ELSEWHERE.toString(), fixture.mailbox(), delivered(fixture));
      }
    }
    house.settle(office);
    messages =
        house.messages().stream()
            .collect(Collectors.toMap(FixturesOnTheRoadTest::turn, Function.identity()));
    held = house.held().stream().collect(Collectors.toMap(HeldMessage::ref, Function.identity()));
  }

  private static int turn(MessageRef ref) {
    Matcher line = TURN.matcher(text(house.store().holds().sealed(ref).orElseThrow()));
    assertThat(line.find()).isTrue();
    return Integer.parseInt(line.group(1));
  }

  private static Fixture fixture(int turn, String[] columns) {
    return new Fixture(turn, columns[0], columns[1], columns[9]);
  }

  @AfterAll
  static void close() {
    house.close();
    office.close();
  }

  @TestFactory
  Stream<DynamicTest> everyMailEndsAsItMust() {
    return fixtures.stream()
        .map(f -> DynamicTest.dynamicTest(f.file(), () -> (f.isSound() ? SOUND : UNSOUND).of(f)));
  }

  private interface Check {
    void of(Fixture fixture);
  }

  private static final Check SOUND =
      fixture -> {
        HeldMessage hold = held.get(fixture.ref());
        assertThat(hold == null || hold.cause() != HoldCause.NOT_VERIFIED).isTrue();
        if (hold == null) {
          assertThat(house.store().queue().state(fixture.ref())).contains(MessageState.DONE);
        }
        List<OutgoingFile> letters = house.store().outbox().of(fixture.ref());
        long receipts =
            letters.stream().filter(l -> l.kind() == OutgoingLetter.Kind.RECEIPT).count();
        assertThat(receipts).as("one receipt").isEqualTo(1);
      };

  private static final Check UNSOUND =
      fixture -> {
        HeldMessage hold = held.get(fixture.ref());
        assertThat(hold).as("held").isNotNull();
        assertThat(hold.cause()).isEqualTo(HoldCause.NOT_VERIFIED);
        assertThat("REJECT:" + hold.detail()).isEqualTo(fixture.expectOnTheRoad());
        assertThat(house.store().outbox().of(fixture.ref())).isEmpty();
      };

  @Test
  void everyMailIsAMessageOnce() {
    assertThat(messages).hasSameSizeAs(fixtures);
  }

  @Test
  void theMailsAreStoredAsTheyCame() {
    for (Fixture fixture : fixtures) {
      if (fixture.file().endsWith("--no-headers.eml")) {
        continue; // noise with bare line ends, which SMTP does not carry
      }
      Bytes stored = house.store().holds().sealed(fixture.ref()).orElseThrow();
      boolean asSent = text(stored).endsWith(text(Bytes.wrap(delivered(fixture))));
      assertThat(asSent).as(fixture.file()).isTrue();
    }
  }

  /** GreenMail drops the very last line end over SMTP. */
  private static String text(Bytes mail) {
    return mail.decode(StandardCharsets.ISO_8859_1).replaceFirst("(\\r?\\n)+$", "");
  }

  /** As the organisation's mail server hands it over: it says for whom it came. */
  private static byte[] delivered(Fixture fixture) {
    ByteArrayOutputStream mail = new ByteArrayOutputStream();
    try {
      mail.write(
          ("X-Turn: " + fixture.turn() + "\r\nDelivered-To: " + fixture.mailbox() + "\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      mail.write(Files.readAllBytes(FIXTURES.resolve(fixture.file())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return mail.toByteArray();
  }

  @Test
  void nobodyElseGotAnything() {
    long sound = fixtures.stream().filter(Fixture::isSound).count();
    List<String> out =
        office.envelopes().stream()
            .filter(e -> !e.from().equals(ELSEWHERE.toString()))
            .map(PostOffice.Envelope::to)
            .toList();
    assertThat(out).doesNotContain(ELSEWHERE.toString());
    long receipts = out.stream().filter(to -> to.endsWith(".example")).count();
    assertThat(receipts).isEqualTo(sound);
  }
}
