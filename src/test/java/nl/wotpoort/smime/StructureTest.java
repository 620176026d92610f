package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import nl.wotpoort.letter.Bytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the outside of a mail, and what was decrypted, is taken for, by its structure alone. */
class StructureTest {

  private static final Limits LIMITS = Limits.defaults();
  private static final String P7M = "Content-Type: application/pkcs7-mime\n\nx";
  private static final String P7S = "Content-Type: application/pkcs7-signature\n\nx";
  private static final String SIGNED = multipart("signed", "a", P7S);

  private static String multipart(String kind, String... parts) {
    return multipart(kind + "; boundary=" + kind, kind, parts);
  }

  private static String multipart(String type, String boundary, String[] parts) {
    StringBuilder text = new StringBuilder("Content-Type: multipart/" + type + "\n\n");
    for (String part : parts) {
      text.append("--").append(boundary).append('\n').append(part).append('\n');
    }
    return text.append("--").append(boundary).append("--\n").toString();
  }

  private static String message(String mail) {
    return "Content-Type: message/rfc822\n\n" + mail;
  }

  /** {@code part} in that many multiparts. */
  private static String below(int levels, String part) {
    String text = part;
    for (int i = 0; i < levels; i++) {
      text = multipart("mixed; boundary=m" + i, "m" + i, new String[] {"\nx", text});
    }
    return text;
  }

  static Stream<Arguments> outsides() {
    return Stream.of(
        Arguments.of("X: y\n\nx", Finding.NOT_ENCRYPTED),
        Arguments.of("Content-Type: text/plain\n\nx", Finding.NOT_ENCRYPTED),
        Arguments.of(P7M, Finding.MALFORMED),
        Arguments.of("Content-Type: application/x-pkcs7-mime\n\nx", Finding.MALFORMED),
        Arguments.of(untyped("smime.p7m"), Finding.MALFORMED),
        Arguments.of(untyped("smime.p7s"), Finding.NOT_ENCRYPTED),
        Arguments.of(P7S, Finding.NOT_ENCRYPTED),
        Arguments.of("Content-Type: image/png; name=x.p7m\n\nx", Finding.NOT_ENCRYPTED),
        Arguments.of(SIGNED, Finding.NOT_ENCRYPTED),
        Arguments.of(multipart("mixed", "\nx", P7M), Finding.PARTIALLY_ENCRYPTED),
        Arguments.of(multipart("mixed", P7M), Finding.PARTIALLY_ENCRYPTED),
        Arguments.of(multipart("signed", P7M, P7S), Finding.PARTIALLY_ENCRYPTED),
        Arguments.of(multipart("mixed", untyped("a.p7m")), Finding.PARTIALLY_ENCRYPTED),
        Arguments.of(multipart("mixed", untyped("a.doc")), Finding.NOT_ENCRYPTED),
        Arguments.of(
            multipart("mixed", P7M.replace("mime\n", "mime; smime-type=signed-data\n")),
            Finding.NOT_ENCRYPTED),
        Arguments.of(
            multipart("mixed", P7M.replace("mime\n", "mime; smime-type=enveloped-data\n")),
            Finding.PARTIALLY_ENCRYPTED),
        Arguments.of(message(P7M), Finding.PARTIALLY_ENCRYPTED),
        Arguments.of(message("X: y\n\nx"), Finding.NOT_ENCRYPTED),
        Arguments.of(below(4, P7M), Finding.PARTIALLY_ENCRYPTED),
        Arguments.of(below(5, P7M), Finding.NOT_ENCRYPTED),
        Arguments.of(message(message(message(message(P7M)))), Finding.PARTIALLY_ENCRYPTED),
        Arguments.of(message(message(message(message(message(P7M))))), Finding.NOT_ENCRYPTED),
        Arguments.of("Content-Type: multipart/mixed\n\n" + P7M, Finding.NOT_ENCRYPTED));
  }

  private static String untyped(String name) {
    return "Content-Type: application/octet-stream; name=" + name + "\n\nx";
  }

  @ParameterizedTest
  @MethodSource("outsides")
  void outsideOfAMail(String mail, Finding expected) throws Fault {
    Entity entity = Entity.read(bytes(mail), LIMITS);
    assertThat(finding(() -> Outside.envelope(entity, LIMITS))).isEqualTo(expected);
  }

  static Stream<Arguments> insides() {
    return Stream.of(
        Arguments.of("X: y\n\nx", Finding.NOT_SIGNED),
        Arguments.of("Content-Type: text/plain\n\nx", Finding.NOT_SIGNED),
        Arguments.of(P7M, Finding.MALFORMED),
        Arguments.of(untyped("smime.p7m"), Finding.MALFORMED),
        Arguments.of(untyped("smime.p7s"), Finding.NOT_SIGNED),
        Arguments.of("Content-Type: image/png; name=x.p7m\n\nx", Finding.NOT_SIGNED),
        Arguments.of(P7S, Finding.PARTIALLY_SIGNED),
        Arguments.of(SIGNED, Finding.MALFORMED),
        Arguments.of(multipart("signed", "a"), Finding.MALFORMED),
        Arguments.of(multipart("signed", "a", "b", P7S), Finding.PARTIALLY_SIGNED),
        Arguments.of(multipart("signed", "a", P7S, "b"), Finding.PARTIALLY_SIGNED),
        Arguments.of(multipart("signed", "a", "X: y\n\nx"), Finding.MALFORMED),
        Arguments.of(multipart("signed", "a", untyped("smime.p7m")), Finding.MALFORMED),
        Arguments.of(multipart("signed", "a", untyped("smime.p7s")), Finding.MALFORMED),
        Arguments.of(signedBy("application/pgp-signature"), Finding.NOT_SIGNED),
        Arguments.of(signedBy("application/PKCS7-signature"), Finding.MALFORMED),
        Arguments.of(signedBy("application/x-pkcs7-signature"), Finding.MALFORMED),
        Arguments.of(multipart("mixed", "\nx", SIGNED), Finding.PARTIALLY_SIGNED),
        Arguments.of(multipart("mixed", "\nx", P7M), Finding.PARTIALLY_SIGNED),
        Arguments.of(multipart("mixed", "\nx", P7S), Finding.PARTIALLY_SIGNED),
        Arguments.of(multipart("mixed", "\nx", "X: y\n\nx"), Finding.NOT_SIGNED),
        Arguments.of(message(SIGNED), Finding.PARTIALLY_SIGNED),
        Arguments.of(message("X: y\n\nx"), Finding.NOT_SIGNED),
        Arguments.of(below(4, SIGNED), Finding.PARTIALLY_SIGNED),
        Arguments.of(below(5, SIGNED), Finding.NOT_SIGNED),
        Arguments.of(message(message(message(message(SIGNED)))), Finding.PARTIALLY_SIGNED),
        Arguments.of(message(message(message(message(message(SIGNED))))), Finding.NOT_SIGNED),
        Arguments.of("Content-Type: multipart/mixed\n\n" + SIGNED, Finding.NOT_SIGNED));
  }

  private static String signedBy(String protocol) {
    return multipart(
        "signed; protocol=\"" + protocol + "\"; boundary=s", "s", new String[] {"a", P7S});
  }

  @ParameterizedTest
  @MethodSource("insides")
  void whatWasDecrypted(String entity, Finding expected) throws Fault {
    Entity root = Entity.read(bytes(entity), LIMITS);
    assertThat(finding(() -> SignedContent.read(root, LIMITS))).isEqualTo(expected);
  }

  /** Programs that lose the type keep the file name (RFC 8551 §3.2.1). */
  @ParameterizedTest
  @CsvSource({
    "application/pkcs7-signature; name=x, true",
    "application/x-pkcs7-signature; name=x, true",
    "application/octet-stream; name=smime.p7s, true",
    "application/octet-stream; name=smime.p7m, false",
    "application/octet-stream; name=x, false",
    "text/plain; name=smime.p7s, false",
    "application/pkcs7-mime; name=smime.p7s, false",
  })
  void signaturesPart(String type, boolean read) throws Fault {
    String signed = Forge.signed("Content-Type: text/plain\n\nx\n", Forge.GP);
    int second = signed.lastIndexOf("Content-Type:");
    int end = signed.indexOf("\r\n\r\n", second);
    String head = "Content-Type: " + type + "\r\nContent-Transfer-Encoding: base64";
    String changed = signed.substring(0, second) + head + signed.substring(end);
    Entity root = Entity.read(bytes(changed.replace("\r\n", "\n")), LIMITS);
    if (read) {
      assertThat(SignedContent.read(root, LIMITS).signedData().children()).isNotEmpty();
    } else {
      assertThat(finding(() -> SignedContent.read(root, LIMITS))).isEqualTo(Finding.MALFORMED);
    }
  }

  /** What is in the CMS structure that is the root. */
  @ParameterizedTest
  @CsvSource({
    "1.2.840.113549.1.7.2, NOT_ENCRYPTED",
    "1.2.840.113549.1.9.16.1.9, NOT_ENCRYPTED",
    "1.2.840.113549.1.7.1, MALFORMED",
    "1.2.840.113549.1.7.6, MALFORMED",
    "1.2.840.113549.1.7.3, ",
    "1.2.840.113549.1.9.16.1.23, ",
  })
  void kindOfTheRoot(String oid, @Nullable Finding expected) throws Fault {
    byte[] der = Der.sequence(Der.oid(oid), Der.value(0xA0, Der.sequence()));
    String head = "Content-Type: application/pkcs7-mime\nContent-Transfer-Encoding: base64\n\n";
    Entity mail = Entity.read(bytes(head + Base64.getEncoder().encodeToString(der)), LIMITS);
    if (expected == null) {
      assertThat(Outside.envelope(mail, LIMITS).raw()).isEqualTo(der);
    } else {
      assertThat(finding(() -> Outside.envelope(mail, LIMITS))).isEqualTo(expected);
    }
  }

  /** Nothing of the sender's free text goes into the journal. */
  @ParameterizedTest
  @CsvSource({
    "text/x-secret, the root is text/…",
    "Multipart/mixed; boundary=x, the root is multipart/…",
    "image/png, the root is image/…",
    "secret/x, the root is something else",
  })
  void rootAsItIsTold(String type, String expected) throws Fault {
    Entity mail = Entity.read(bytes("Content-Type: " + type + "\n\nx"), LIMITS);
    assertThatThrownBy(() -> Outside.envelope(mail, LIMITS))
        .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.detail()).isEqualTo(expected));
  }

  private interface Reading {
    Object read() throws Fault;
  }

  private static Finding finding(Reading reading) {
    try {
      throw new AssertionError("read as " + reading.read());
    } catch (Fault fault) {
      return fault.finding();
    }
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text.replace("\n", "\r\n"), StandardCharsets.US_ASCII);
  }
}
