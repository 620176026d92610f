package nl.wotpoort.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Header;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.store.HeldMessage;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.MessageState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mail that would harm: broken on the outside, or sealed by a known GP and hostile inside. Nothing
 * stops, nothing is lost: each is fetched, and done or held with a cause that is not a fault of
 * ours, and the next good mail goes through.
 */
class HostileMailTest {

  private static final String GP = "a.devries@praktijk-delinde.example";
  private static final String OOST = "oost@wotschiedam.nl";
  private static final Address TEAM = Address.of("oost@intern.wotschiedam.nl");
  private static final Path SCENARIOS = House.PROJECT.resolve("src/test/resources/scenarios");

  @TempDir static Path folder;

  private static PostOffice office;
  private static House house;
  private static Openssl openssl;

  /** Since the beginning. */
  private static int sent;

  private int sentBefore;
  private int receiptsBefore;
  private int forwardsBefore;

  @BeforeAll
  static void open() throws IOException {
    openssl = new Openssl(Files.createDirectory(folder.resolve("openssl")));
    office = PostOffice.open();
    house = House.open(House.Plan.of(Files.createDirectory(folder.resolve("home")), office));
  }

  @AfterAll
  static void close() {
    house.close();
    office.close();
  }

  @BeforeEach
  void count() {
    sentBefore = sent;
    receiptsBefore = receipts();
    forwardsBefore = forwards().size();
  }

  /** The good mail is always the same one: forwarded the first time, answered every time. */
  @AfterEach
  void nothingStoppedAndNothingIsLost() {
    int before = receipts();
    send(scenario("referral-to-team"));
    house.settle(office);
    assertThat(receipts()).as("the next good mail is answered").isEqualTo(before + 1);
    assertThat(office.inFolder("WOTpoort-ontvangen")).as("fetched").isEqualTo(sent);
    Map<MessageRef, HeldMessage> held =
        house.held().stream().collect(Collectors.toMap(HeldMessage::ref, h -> h));
    assertThat(house.messages()).as("each one message").hasSize(sent);
    for (MessageRef ref : house.messages().subList(sentBefore, sent)) {
      if (held.containsKey(ref)) {
        assertThat(held.get(ref).cause())
            .as(held.get(ref).detail())
            .isNotIn(HoldCause.POISON, HoldCause.FAULT);
      } else {
        assertThat(house.store().queue().state(ref))
            .as("message " + ref)
            .contains(MessageState.DONE);
      }
    }
    assertThat(office.intakeFolders()).isSubsetOf("INBOX", "WOTpoort-ontvangen");
  }

  private static int receipts() {
    return office.inbox(Address.of(GP)).size();
  }

  private static List<Bytes> forwards() {
    return office.inbox(TEAM);
  }

  /** The forwards since the test began. */
  private List<Bytes> newForwards() {
    List<Bytes> all = forwards();
    return all.subList(forwardsBefore, all.size());
  }

  /** Those of this test that are held. */
  private List<HeldMessage> held() {
    Set<MessageRef> earlier = Set.copyOf(house.messages().subList(0, sentBefore));
    return house.held().stream().filter(h -> !earlier.contains(h.ref())).toList();
  }

  private static byte[] scenario(String name) {
    try {
      return Files.readAllBytes(SCENARIOS.resolve(name).resolve("mail.eml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(byte[]... mails) {
    try (Sender sender = new Sender(office.smtpPort())) {
      for (byte[] mail : mails) {
        sender.send(GP, OOST, mail);
        sent++;
      }
    }
  }

  private static String crlf(String lines) {
    return lines.replace("\n", "\r\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static final String HEAD = "From: " + GP + "\r\nTo: " + OOST + "\r\nSubject: x\r\n";

  // ------------------------------------------------------------------ broken on the outside

  @Test
  void aMailTruncatedAtEveryFiveHundredthByte() {
    byte[] whole = scenario("referral-in-english");
    byte[][] truncated =
        IntStream.iterate(0, n -> n < whole.length, n -> n + 500)
            .mapToObj(n -> Arrays.copyOf(whole, n))
            .toArray(byte[][]::new);
    send(truncated);
    house.settle(office);
    assertThat(held()).hasSize(truncated.length);
    assertThat(receipts()).isEqualTo(receiptsBefore);
  }

  @Test
  void noiseNulsAndNothing() {
    byte[] noise = new byte[20_000];
    new Random(4).nextBytes(noise);
    send(
        new byte[0],
        bytes("\r\n"),
        bytes("\r\n\r\n\r\n"),
        new byte[5_000],
        noise,
        bytes(":"),
        bytes("From: " + "a".repeat(200_000) + "\r\n\r\n"),
        bytes("X: y\r\n".repeat(50_000) + "\r\nz"),
        bytes(HEAD + "Content-Type: text/plain; charset=klingon\r\n\r\n\u00ff\u00fe"),
        bytes(HEAD + "Content-Type: \u0000; =\";;\r\n\r\nx"));
    house.settle(office);
    assertThat(held()).hasSize(10);
  }

  @Test
  void partsInPartsOutside() {
    send(bytes(HEAD + nested("multipart/mixed")), bytes(HEAD + nestedMessages()));
    house.settle(office);
    assertThat(held()).allMatch(held -> held.cause() == HoldCause.NOT_VERIFIED);
  }

  @Test
  void headersThatWouldSteerCamel() throws IOException {
    String steering =
        String.join(
            "\r\n",
            "CamelMailMoveTo: Elders",
            "CamelMailCopyTo: Elders",
            "CamelMailDelete: true",
            "moveTo: Elders",
            "copyTo: Elders",
            "delete: true",
            "CamelFileName: ../../x",
            "CamelBeanMethodName: close",
            "CamelHttpUri: http://127.0.0.1:1/",
            "CamelSqlQuery: DELETE FROM message",
            "org.apache.camel.component.mail.MoveTo: Elders",
            "org.apache.camel.MessageId: x",
            "account: elders",
            "");
    send(
        bytes(steering + new String(scenario("referral-in-english"), StandardCharsets.ISO_8859_1)));
    house.settle(office);
    assertThat(held()).isEmpty();
    assertThat(newForwards()).hasSize(1);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.map(f -> f.getFileName().toString())).doesNotContain("x", "Elders");
    }
  }

  // ----------------------------------------------------- sealed by a known GP, hostile inside

  static Stream<Arguments> inside() {
    String good =
        crlf(
            """
            Client: J. Voorbeeld
            Geboortedatum: 1980-04-02
            Hulpvraag: hulp
            Factoren: alleen
            Toestemming: ja, mondeling
            """);
    return Stream.of(
        Arguments.of("nothing", ""),
        Arguments.of("a header and no body", "Content-Type: text/plain\r\n"),
        Arguments.of("a thousand parts in parts", nested("multipart/mixed")),
        Arguments.of("a thousand signed parts in parts", nested("multipart/signed")),
        Arguments.of("a thousand messages in messages", nestedMessages()),
        Arguments.of(
            "ten thousand parts beside each other",
            "Content-Type: multipart/mixed; boundary=g\r\n\r\n"
                + "--g\r\n\r\nx\r\n".repeat(10_000)
                + "--g--\r\n"),
        Arguments.of(
            "a multipart without a boundary", "Content-Type: multipart/mixed\r\n\r\n--\r\n"),
        Arguments.of(
            "a multipart that does not end",
            "Content-Type: multipart/mixed; boundary=g\r\n\r\n--g\r\n\r\n" + good),
        Arguments.of(
            "broken base64",
            "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%=A=\u0001"),
        Arguments.of(
            "broken quoted-printable",
            "Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=ZZ=\r"),
        Arguments.of(
            "a charset nobody knows", "Content-Type: text/plain; charset=klingon\r\n\r\n" + good),
        Arguments.of(
            "another charset than it says",
            "Content-Type: text/plain; charset=utf-8\r\n\r\n\u00ff\u00fe\u0080" + good),
        Arguments.of("NULs", "Content-Type: text/plain\r\n\r\n\u0000\u0000" + good + "\u0000"),
        Arguments.of("one line of two million", "\r\n" + "a".repeat(2_000_000)),
        Arguments.of("a hundred thousand labels", "\r\n" + "Vraag: x\r\n".repeat(100_000)),
        Arguments.of(
            "JSON in JSON in JSON",
            "Content-Type: application/vnd.wotpoort+json\r\n\r\n" + "[".repeat(100_000)),
        Arguments.of(
            "HTML in HTML in HTML",
            "Content-Type: text/html\r\n\r\n" + "<div><table>".repeat(100_000)),
        Arguments.of("a header of a megabyte", "X-Y: " + "a".repeat(1_000_000) + "\r\n\r\n" + good),
        Arguments.of(
            "a million addresses",
            "Reply-To: " + "a@b.example, ".repeat(80_000) + "\r\n\r\n" + good));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void inside(String name, String content) {
    send(sealed("Content-Type: message/rfc822\r\n\r\n" + HEAD + content), sealed(content));
    house.settle(office);
    assertThat(newForwards().size() + held().size()).isLessThanOrEqualTo(2);
  }

  @Test
  void forgedMarksOfOurOwnInside() throws Exception {
    String text = Files.readString(SCENARIOS.resolve("referral-to-team/mail.txt"));
    String body = text.split("\n\n", 2)[1].replace("\n", "\r\n");
    String forged =
        crlf(
            """
            X-Wotpoort-Case: WP-9000-0009
            X-Wotpoort-Consent: gevonden
            X-Wotpoort-Signer: iemand
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            """);
    byte[] utf8 =
        ("Content-Type: message/rfc822\r\n\r\n" + HEAD + forged + body)
            .getBytes(StandardCharsets.UTF_8);
    send(sealed(new String(utf8, StandardCharsets.ISO_8859_1)));
    house.settle(office);
    assertThat(held()).isEmpty();
    Bytes mail = newForwards().get(0);
    ReceivedLetter forward = ReceivedLetter.open(mail, TEAM, openssl, House.NOW);
    List<String> ours =
        Collections.list(forward.inside().getAllHeaders()).stream()
            .filter(h -> h.getName().toLowerCase(Locale.ROOT).startsWith("x-wotpoort"))
            .map(Header::getValue)
            .toList();
    assertThat(ours).isNotEmpty().noneMatch(v -> v.contains("WP-9000-0009"));
    assertThat(ours).doesNotContain("gevonden", "iemand");
    assertThat(forward.text()).doesNotContain("WP-9000-0009");
  }

  @Test
  void anAttachmentOf25Megabytes() throws Exception {
    byte[] file = new byte[25_000_000];
    new Random(25).nextBytes(file);
    String body =
        Files.readString(SCENARIOS.resolve("referral-to-team/mail.txt"))
            .split("\n\n", 2)[1]
            .replace("\n", "\r\n");
    String mail =
        "Content-Type: message/rfc822\r\n\r\n"
            + HEAD
            + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=g\r\n\r\n"
            + "--g\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n"
            + body.replaceAll("[^\\p{ASCII}]", "e")
            + "\r\n--g\r\nContent-Type: application/pdf; name=scan.pdf\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\n"
            + Base64.getMimeEncoder().encodeToString(file)
            + "\r\n--g--\r\n";
    send(sealed(mail, "-binary")); // multipart/signed: base64 once, not twice
    house.settle(office);
    assertThat(held()).isEmpty();
    assertThat(newForwards())
        .singleElement()
        .satisfies(forward -> assertThat(forward.length()).isGreaterThan(file.length));
  }

  private byte[] sealed(String entity) {
    return sealed(entity, "-nodetach");
  }

  /** Signed by the GP and sealed for Oost by openssl, with the outside of HEAD. */
  private byte[] sealed(String entity, String... signing) {
    Bytes sealed = openssl.seal(Bytes.wrap(bytes(entity)), "gp/a.devries", "gateway/oost", signing);
    return bytes(HEAD + sealed.decode(StandardCharsets.ISO_8859_1).replaceAll("\r?\n", "\r\n"));
  }

  private static String nested(String type) {
    StringBuilder mail = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      mail.append("Content-Type: ").append(type).append("; boundary=g").append(i);
      mail.append("\r\n\r\n--g").append(i).append("\r\n");
    }
    return mail.append("\r\nx\r\n").toString();
  }

  private static String nestedMessages() {
    return "Content-Type: message/rfc822\r\n\r\n".repeat(1000) + "\r\nx\r\n";
  }
}
