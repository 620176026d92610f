package nl.wotpoort.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import nl.wotpoort.letter.Letter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail made to break a reader: every one gets an answer, in time, and never an exception. */
class HostileMailTest {

  private static final String TEXT = "Content-Type: text/plain; charset=utf-8\n";

  private static void isUnreadable(String mail, String detail) {
    assertThat(Described.of(Mails.read(mail)))
        .contains("kind: unrecognised MALFORMED_MESSAGE " + detail, "form: UNREADABLE");
  }

  @Test
  void thousandNestedMultiparts() {
    StringBuilder mail = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      mail.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\n\n--b");
      mail.append(i).append('\n');
    }
    isUnreadable(mail.toString(), "nesting");
  }

  @Test
  void thousandNestedMultipartsWithOneBoundary() {
    isUnreadable(
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n".repeat(1000) + "--b--\n", "boundary");
  }

  @Test
  void thousandNestedMessagesAreOneFile() {
    Reading reading = Mails.read("Content-Type: message/rfc822\n\n".repeat(1000) + "x");
    assertThat(reading.attachments()).hasSize(1);
    assertThat(Described.of(reading)).contains("kind: free text");
  }

  @Test
  void tenThousandParts() {
    isUnreadable(
        "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n".repeat(10_000) + "--b--\n",
        "number of parts");
  }

  @Test
  void twentyFiveMegabytesOfText() {
    byte[] mail = new byte[25 << 20];
    Arrays.fill(mail, (byte) 'a');
    byte[] head = (TEXT + "\n").getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(head, 0, mail, 0, head.length);
    assertTimeout(
        Duration.ofSeconds(20),
        () ->
            assertThat(Described.of(Mails.read(mail)))
                .contains("kind: unrecognised MALFORMED_MESSAGE text"));
  }

  @Test
  void twentyFiveMegabytesOfBase64() {
    ByteArrayOutputStream mail = new ByteArrayOutputStream();
    mail.writeBytes(
        "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n"
            .getBytes(StandardCharsets.US_ASCII));
    byte[] line = ("QUJD".repeat(19) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 25 << 20; i += line.length) {
      mail.writeBytes(line);
    }
    assertTimeout(
        Duration.ofSeconds(20),
        () -> assertThat(Mails.read(mail.toByteArray()).attachments()).hasSize(1));
  }

  @Test
  void twentyFiveMegabytesOfLineEnds() {
    byte[] mail = new byte[25 << 20];
    Arrays.fill(mail, (byte) '\n');
    assertTimeout(Duration.ofSeconds(20), () -> assertThat(Mails.read(mail).letter()).isNotNull());
  }

  @Test
  void megabyteOfMarkup() {
    String html = "<div>".repeat(100_000) + "<!--".repeat(1000) + "<a b='".repeat(10_000);
    assertTimeout(
        Duration.ofSeconds(20),
        () ->
            assertThat(Described.of(Mails.read("Content-Type: text/html\n\n" + html)))
                .contains("kind: free text"));
  }

  @Test
  void manyUnclosedScripts() {
    String html = "<script>x</style".repeat(50_000) + "</scrip".repeat(10_000);
    assertTimeout(
        Duration.ofSeconds(20),
        () -> assertThat(Mails.read("Content-Type: text/html\n\n" + html).text()).isNotNull());
  }

  @Test
  void linesMadeForSlowPatterns() {
    String mail =
        ("op " + "1 ".repeat(240) + "wrote\n").repeat(200)
            + ("toestemming: " + "nog niet ".repeat(500) + "\n").repeat(20)
            + ("Vraag 1: " + "hele medische ".repeat(2000) + "\n").repeat(20)
            + ("Vraag 2: " + "graag stuur ".repeat(2000) + "\n")
            + "met vriendelijke hartelijke ".repeat(20)
            + ("\n" + "vriendelijke ".repeat(40)).repeat(200);
    assertTimeout(
        Duration.ofSeconds(20), () -> assertThat(Mails.readText(mail).letter()).isNotNull());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".",
        "&",
        " .",
        "1-6-2026 ",
        "a\n",
        "Doel:\n",
        "Vraag 1:\n",
        "- a\n",
        "1. ",
        ">\n",
        "\n ",
        "hele ",
        "alle relevante ",
        "geb. ",
        "(",
        "3111 ",
        "*",
        "Van: a@b\n",
        "op 1 schreef\n",
        "\t"
      })
  void muchOfTheSame(String unit) {
    String much = unit.repeat(200_000 / unit.length());
    assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          for (String label : List.of("", "Toestemming: ", "Vragen: ", "Cliënt: ", "Doel: ")) {
            assertThat(Mails.readText(label + much + "x").letter()).isNotNull();
          }
          assertThat(Mails.read("Content-Type: text/html\n\n" + much).letter()).isNotNull();
        });
  }

  @Test
  void headerFoldedIntoPieces() {
    String block = "\n--b\nX: y" + "\n y".repeat(80_000) + "\n\n";
    String mail = "Content-Type: multipart/mixed; boundary=b\n" + block.repeat(30) + "--b--";
    assertTimeout(Duration.ofSeconds(20), () -> assertThat(Mails.read(mail).letter()).isNotNull());
  }

  @Test
  void nulsAndControls() {
    assertThat(Mails.told("Do\u0000el: onder\u0007steuning\u0000")).contains("purpose: support");
  }

  @Test
  void nothingButNuls() {
    assertThat(Mails.read(new byte[10_000]).letter()).isInstanceOf(Letter.FreeText.class);
  }

  @Test
  void noBytesAtAll() {
    assertThat(Mails.read(new byte[0]).letter()).isInstanceOf(Letter.FreeText.class);
  }

  @Test
  void brokenBase64() {
    isUnreadable(TEXT + "Content-Transfer-Encoding: base64\n\nQUJD=QUJDQ", "base64");
  }

  @Test
  void brokenQuotedPrintableIsReadAsItStands() {
    Reading reading =
        Mails.read(
            TEXT + "Content-Transfer-Encoding: quoted-printable\n\nDoel: ondersteuning =ZZ =");
    assertThat(Described.of(reading)).contains("kind: request");
  }

  @Test
  void unknownTransferEncoding() {
    isUnreadable(TEXT + "Content-Transfer-Encoding: x-geheim\n\nx", "transfer-encoding");
  }

  @Test
  void unknownCharset() {
    isUnreadable("Content-Type: text/plain; charset=klingon\n\ncli\u00ebnt", "charset");
    isUnreadable("Content-Type: text/plain; charset=\"a b\u00e9\"\n\ncli\u00ebnt", "charset");
  }

  @Test
  void unknownCharsetOfPlainAscii() {
    assertThat(
            Described.of(
                Mails.read("Content-Type: text/plain; charset=klingon\n\nDoel: ondersteuning")))
        .contains("purpose: support");
  }

  @Test
  void utf7IsNotReadAsAscii() {
    isUnreadable("Content-Type: text/plain; charset=utf-7\n\nDoel: +AOk-", "charset");
  }

  @Test
  void multipartWithoutBoundary() {
    isUnreadable("Content-Type: multipart/mixed\n\nx", "boundary");
    isUnreadable("Content-Type: multipart/mixed; boundary=b\n\nno delimiter", "boundary");
  }

  @Test
  void typeThatIsNone() {
    isUnreadable("Content-Type: \u00e9\u00e9n\n\nx", "content-type");
    isUnreadable("Content-Type: a/b; " + "c=d; ".repeat(5000) + "\n\nx", "content-type");
  }

  @Test
  void headerWithoutEnd() {
    isUnreadable("X: " + "y".repeat(300 * 1024) + "\n\n", "header");
    isUnreadable("X: y\n".repeat(5000), "header");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=?utf-8?B?!!!?=",
        "=?klingon?Q?a?=",
        "=?utf-8?Q?=ZZ?=",
        "=?utf-8?X?a?=",
        "=?",
        "=?utf-8?B?",
        "=?utf-8?Q?a b?=",
        "=?a/b\u00e9?Q?x?="
      })
  void brokenEncodedWords(String subject) {
    Reading reading = Mails.read("Subject: " + subject + "\n" + TEXT + "\nDoel: ondersteuning");
    assertThat(Described.of(reading)).contains("purpose: support");
  }

  @Test
  void addressesThatAreNone() {
    Reading reading =
        Mails.read(
            "To: <<<>>>, @, a@b@c, \"\u0000\" <x@y.example>, oost@wotschiedam.nl, groep:;\n"
                + "From: "
                + "\"".repeat(999)
                + "\nDate: gisteren\nMessage-ID: geen\nReferences: <a> <b\n"
                + TEXT
                + "\nx");
    assertThat(reading.letter()).isInstanceOf(Letter.FreeText.class);
    assertThat(reading.head().date()).isEmpty();
    assertThat(reading.head().messageId()).isEmpty();
  }

  @Test
  void headersOfOursOnIncomingMailSayNothing() {
    Reading reading =
        Mails.read(
            "X-Wotpoort-Case: WP-0000-0000\nX-Wotpoort-Consent: ja\nX-Wotpoort-Sender: a@b.example\n"
                + TEXT
                + "\nDoel: ondersteuning");
    assertThat(Described.of(reading))
        .contains("consent: UNKNOWN")
        .noneMatch(l -> l.startsWith("case"));
    assertThat(reading.head().from()).isEqualTo(Mails.GP);
  }

  @Test
  void anyBytesWhatever() {
    Random random = new Random(20261121);
    List<String> seeds =
        List.of(
            "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
                + TEXT
                + "\nDoel: ondersteuning\nVraag 1: Welke?\n--b\nContent-Type: application/json\n\n{}\n--b--",
            "Content-Type: text/html; charset=utf-8\n\n<p>Doel: <b>ondersteuning</b>&nbsp;</p>",
            "Content-Type: text/plain; format=flowed; delsp=yes\n\nDoel: onder \nsteuning\n> a\n-- \n");
    for (int i = 0; i < Integer.getInteger("mails", 6_000); i++) {
      byte[] mail = seeds.get(i % seeds.size()).getBytes(StandardCharsets.UTF_8);
      for (int change = random.nextInt(12); change >= 0; change--) {
        mail[random.nextInt(mail.length)] = (byte) random.nextInt(256);
      }
      assertThat(Mails.read(mail).letter()).isNotNull();
    }
  }
}
