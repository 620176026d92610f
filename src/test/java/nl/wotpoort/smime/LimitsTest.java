package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import nl.wotpoort.texts.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each limit, by a mail just above it, and that 25 MB are below. */
class LimitsTest {

  private static final String GP = "gp/a.devries";

  @ParameterizedTest
  @EnumSource(Finding.class)
  void everyFindingHasItsCodeAndItsTextsInBothLanguages(Finding finding) {
    assertThat(finding.code()).matches("[a-z]+(-[a-z]+)*");
    assertThat(Finding.ofCode(finding.code())).contains(finding);
    for (Language language : Language.values()) {
      assertThat(finding.text(language)).endsWith(".").doesNotContain("finding.");
      assertThat(finding.advice(language)).isNotBlank().doesNotContain("finding.");
    }
    assertThat(finding.text(Language.NL)).isNotEqualTo(finding.text(Language.EN));
  }

  /** 25 MiB in base64 with line ends, three times, and a megabyte of text and certificates. */
  @Test
  void anAttachmentOf25MegabytesFitsInBase64ThreeTimesOver() {
    long bytes = 25L * 1024 * 1024;
    for (int i = 0; i < 3; i++) {
      bytes = Base64Lines.length(bytes + 300_000);
    }

    assertThat(bytes).isLessThan(Limits.defaults().messageBytes());
    assertThat(Limits.defaults().forAttachments(25L * 1024 * 1024)).isEqualTo(Limits.defaults());
  }

  @Test
  void aSettingBeyondWhatAnArrayHoldsIsCut() {
    assertThat(Limits.defaults().forAttachments(Long.MAX_VALUE / 4).messageBytes())
        .isPositive()
        .isLessThan(Integer.MAX_VALUE);
  }

  @Test
  void partsAboveTheLimit() {
    String many = "\r\n--m\r\n\r\nx".repeat(200);
    String root =
        Forge.crlf("Content-Type: multipart/signed; boundary=m;")
            + " protocol=application/pkcs7-signature\r\n\r\n"
            + many
            + "\r\n--m--\r\n";

    assertThat(Forge.verdict(Forge.encrypted(root))).isEqualTo("too-large");
  }

  /** All sound but for its number of parts, which a mail program could fall over. */
  @ParameterizedTest
  @CsvSource({"998, ACCEPT", "999, too-large"})
  void partsInVerifiedContent(int number, String expected) {
    String parts = "\n--m\n\nx".repeat(number);
    String body = "Content-Type: multipart/mixed; boundary=m\n" + parts + "\n--m--\n";

    assertThat(signedVerdict(body)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"multipart, 28, ACCEPT", "multipart, 29, too-large", "multipart, 3000, too-large"})
  @CsvSource({"message, 28, ACCEPT", "message, 29, too-large", "message, 3000, too-large"})
  void nestingInVerifiedContent(String kind, int layers, String expected) {
    StringBuilder before = new StringBuilder();
    StringBuilder behind = new StringBuilder();
    for (int i = 0; i < layers; i++) {
      if (kind.equals("message")) {
        before.append("Content-Type: message/rfc822\n\n");
      } else {
        before.append("Content-Type: multipart/mixed; boundary=\"b%d\"\n\n--b%1$d\n".formatted(i));
        behind.insert(0, "\n--b%d--\n".formatted(i));
      }
    }

    assertThat(signedVerdict(before + "Content-Type: text/plain\n\nhallo\n" + behind))
        .isEqualTo(expected);
  }

  /** What cannot be cut into parts is for the reader behind, who holds it. */
  @Test
  void verifiedContentThatIsNoMultipartIsNotCounted() {
    assertThat(signedVerdict("Content-Type: multipart/mixed\n\n" + "--m\n".repeat(2000)))
        .isEqualTo("ACCEPT");
  }

  private static String signedVerdict(String body) {
    String message = "Content-Type: message/rfc822\n\n" + Forge.innerHeader() + body;
    return Forge.verdict(Forge.encrypted(Forge.signed(message, GP)));
  }

  @Test
  void recipientsAboveTheLimit() {
    byte[] recipient = Der.sequence(Der.integer(0));
    byte[] many = Der.value(Asn1.SET, Collections.nCopies(501, recipient).toArray(new byte[0][]));

    assertThat(Forge.verdict(mail(envelope(many)))).isEqualTo("too-large");
  }

  /** Each would cost a private key operation and a whole decryption. */
  @ParameterizedTest
  @CsvSource({"8, undecryptable", "9, too-large", "40, too-large"})
  void theSameKeyMeantAgainAndAgain(int times, String expected) {
    byte[] der = body(Forge.encrypted("Content-Type: text/plain\r\n\r\nhallo"));
    Asn1 recipient = recipientOf(der);
    byte[] wrong = recipient.raw();
    wrong[wrong.length - 9] ^= 1;
    byte[] many = Der.value(Asn1.SET, Collections.nCopies(times, wrong).toArray(new byte[0][]));

    assertThat(Forge.verdict(mail(envelope(many)))).isEqualTo(expected);
  }

  /** The first try leaves nothing behind that spoils the second. */
  @ParameterizedTest
  @EnumSource(Recipient.Cipher.class)
  void aKeyThatDoesNotOpenAndThenOneThatDoes(Recipient.Cipher cipher) {
    String honest = Forge.encrypted(signed(), cipher);
    byte[] der = body(honest);
    byte[] right = recipientOf(der).raw();
    byte[] wrong = right.clone();
    wrong[wrong.length - 9] ^= 1;
    byte[] nothing = Der.sequence(Der.integer(0));

    assertThat(Forge.verdict(Forge.withDer(honest, der))).isEqualTo("ACCEPT");
    assertThat(Forge.verdict(withRecipients(honest, wrong, right))).isEqualTo("ACCEPT");
    assertThat(Forge.verdict(withRecipients(honest, nothing, right))).isEqualTo("malformed");
  }

  private static String withRecipients(String mail, byte[]... recipients) {
    List<Asn1> info = children(body(mail));
    List<byte[]> data = new ArrayList<>();
    for (Asn1 member : info.get(1).children().get(0).children()) {
      data.add(member.tag == Asn1.SET ? Der.value(Asn1.SET, recipients) : member.raw());
    }
    byte[] changed = Der.sequence(data.toArray(new byte[0][]));
    return Forge.withDer(mail, Der.sequence(info.get(0).raw(), Der.value(0xA0, changed)));
  }

  private static List<Asn1> children(byte[] der) {
    try {
      return Asn1.read(der, Limits.defaults()).children();
    } catch (Fault e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void asn1ValuesAboveTheLimit() {
    byte[] nulls = new byte[2 * 260_000];
    for (int i = 0; i < nulls.length; i += 2) {
      nulls[i] = 5;
    }

    assertThat(Forge.verdict(mail(Der.sequence(nulls)))).isEqualTo("too-large");
  }

  private static String signed() {
    return Forge.signed(Forge.wrapped(Forge.innerHeader()), GP);
  }

  @ParameterizedTest
  @CsvSource({"4, ACCEPT", "5, too-large"})
  void signersAboveTheLimit(int number, String expected) {
    String signed = signed();
    List<Asn1> members = Forge.signedData(signed);
    byte[] signer = members.get(members.size() - 1).children().get(0).raw();
    List<byte[]> all = new ArrayList<>();
    for (Asn1 member : members.subList(0, members.size() - 1)) {
      all.add(member.raw());
    }
    all.add(Der.value(Asn1.SET, Collections.nCopies(number, signer).toArray(new byte[0][])));

    assertThat(Forge.verdict(Forge.encrypted(Forge.withSignature(signed, Forge.signedData(all)))))
        .isEqualTo(expected);
  }

  @Test
  void certificatesAboveTheLimit() {
    String signed = signed();
    List<byte[]> all = new ArrayList<>();
    for (Asn1 member : Forge.signedData(signed)) {
      byte[] one = member.tag == 0xA0 ? member.children().get(0).raw() : member.raw();
      all.add(
          member.tag == 0xA0
              ? Der.value(0xA0, Collections.nCopies(60, one).toArray(new byte[0][]))
              : one);
    }

    assertThat(Forge.verdict(Forge.encrypted(Forge.withSignature(signed, Forge.signedData(all)))))
        .isEqualTo("too-large");
  }

  /** CompressedData (RFC 3274) is not unpacked anywhere, so a bomb in it does not go off. */
  @Test
  void compressedDataIsNotUnpacked() {
    byte[] compressed =
        Der.sequence(Der.oid(Oids.COMPRESSED_DATA), Der.value(0xA0, Der.sequence(Der.integer(0))));
    String inner =
        Forge.crlf("Content-Type: application/pkcs7-mime; smime-type=compressed-data\n")
            + "Content-Transfer-Encoding: base64\r\n\r\n"
            + Base64.getMimeEncoder().encodeToString(compressed);

    assertThat(Forge.verdict(Forge.encrypted(inner))).isEqualTo("not-signed");
  }

  /** A quadratic reader would be at this for hours. */
  @Test
  void aMillionLinesThatNearlyAreDelimiters() {
    String lines = "\r\n--mx".repeat(1_000_000);
    String root =
        Forge.crlf("Content-Type: multipart/signed; boundary=m;")
            + " protocol=application/pkcs7-signature\r\n\r\n"
            + lines;

    assertThat(Forge.verdict(Forge.encrypted(root))).isEqualTo("malformed");
  }

  /** Half a block of content: not even a random key finds sound padding in it. */
  private static byte[] envelope(byte[] recipients) {
    byte[] content =
        Der.sequence(
            Der.oid(Oids.DATA),
            Der.algorithm(Oids.AES256_CBC, Der.octets(new byte[16])),
            Der.value(0x80, new byte[8]));
    return Der.sequence(
        Der.oid(Oids.ENVELOPED_DATA),
        Der.value(0xA0, Der.sequence(Der.integer(0), recipients, content)));
  }

  private static Asn1 recipientOf(byte[] der) {
    try {
      Asn1.Cursor data =
          Asn1.read(der, Limits.defaults()).children().get(1).cursor().take(Asn1.SEQUENCE).cursor();
      data.take();
      return data.take(Asn1.SET).children().get(0);
    } catch (Fault e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] body(String mail) {
    return Base64.getMimeDecoder().decode(mail.substring(mail.indexOf("\r\n\r\n") + 4));
  }

  private static String mail(byte[] der) {
    return Forge.crlf(
            """
            From: a.devries@praktijk-delinde.example
            Content-Type: application/pkcs7-mime; name=smime.p7m
            Content-Transfer-Encoding: base64

            """)
        + Base64.getMimeEncoder().encodeToString(der);
  }
}
