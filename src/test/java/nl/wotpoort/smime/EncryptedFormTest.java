package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How an encrypted mail is written: its version, its length, and what is drawn for it. */
class EncryptedFormTest {

  private static final EnvelopeOpener OPENER = SamplePki.opener();

  /** Notes what was asked of it. */
  private static final class Noting extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final transient List<byte[]> drawn = new ArrayList<>();

    @Override
    public void nextBytes(byte[] bytes) {
      super.nextBytes(bytes);
      drawn.add(bytes.clone());
    }
  }

  private static EnvelopeSealer sealer(SecureRandom random, int most) {
    return EnvelopeSealer.of(
        SamplePki.ring("gp"),
        SamplePki.book("gateway"),
        AlgorithmPolicy.defaults(),
        Limits.defaults().withMessageBytes(most),
        random);
  }

  private static Bytes seal(EnvelopeSealer sealer, Recipient to, String message) throws CannotSeal {
    OuterHead head =
        OuterHead.of(
            SamplePki.GP, to.address(), SamplePki.NOW, "<1@praktijk-delinde.example>", "[...]");
    Bytes inner = Bytes.of(message, StandardCharsets.UTF_8);
    return sealer.seal(inner, head, SamplePki.GP, to, SamplePki.NOW);
  }

  private static byte[] der(Bytes mail) {
    return Forge.derOf(mail.decode(StandardCharsets.ISO_8859_1));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** RFC 5652 §6.1, RFC 5083 §2.1: 2 when somebody's key is agreed on, and for GCM always 0. */
  @ParameterizedTest
  @CsvSource({
    "oost@wotschiedam.nl, AES_256_CBC, 0, enveloped-data",
    "oost@wotschiedam.nl, AES_256_GCM, 0, authEnveloped-data",
    "zuid@wotschiedam.nl, AES_256_CBC, 2, enveloped-data",
    "zuid@wotschiedam.nl, CHACHA20_POLY1305, 0, authEnveloped-data",
  })
  void versionAndType(Address to, Recipient.Cipher cipher, int version, String type)
      throws Exception {
    EnvelopeSealer sealer =
        EnvelopeSealer.of(
            SamplePki.ring("gp"),
            CertificateBook.of(
                Map.of(
                    SamplePki.OOST,
                    List.of(SamplePki.certificate("gateway/oost")),
                    Address.of("zuid@wotschiedam.nl"),
                    List.of(SamplePki.certificate("gateway/zuid-ec")))),
            AlgorithmPolicy.defaults(),
            Limits.defaults(),
            new SecureRandom());
    String inner = SealAndOpenTest.INNER.replace(SamplePki.OOST.toString(), to.toString());
    Bytes mail = seal(sealer, Recipient.of(to).with(cipher), inner);
    assertThat(mail.decode(StandardCharsets.ISO_8859_1)).contains("smime-type=" + type + ";");
    Asn1 data = Asn1.read(der(mail), Limits.defaults()).children().get(1).children().get(0);
    assertThat(data.children().get(0).content()).containsExactly((byte) version);
    assertThat(OPENER.open(mail, to, SamplePki.NOW)).isInstanceOf(Opened.Trusted.class);
  }

  /** A key, a nonce and a boundary for each mail, from the random that was handed in. */
  @ParameterizedTest
  @CsvSource({"AES_256_CBC, 16", "AES_256_GCM, 12", "CHACHA20_POLY1305, 12"})
  void whatIsDrawn(Recipient.Cipher cipher, int nonce) throws CannotSeal {
    Noting random = new Noting();
    Bytes mail =
        seal(
            sealer(random, 100_000),
            Recipient.of(SamplePki.OOST).with(cipher),
            SealAndOpenTest.INNER);
    assertThat(random.drawn).extracting(bytes -> bytes.length).contains(15, 32, nonce);
    String written = hex(der(mail));
    assertThat(random.drawn)
        .filteredOn(bytes -> bytes.length == nonce)
        .anyMatch(bytes -> written.contains(hex(bytes)));
    assertThat(random.drawn)
        .as("the key is not")
        .filteredOn(bytes -> bytes.length == 32)
        .noneMatch(bytes -> written.contains(hex(bytes)));
  }

  /** Around a block, and around a piece that is encrypted and encoded at once. */
  @ParameterizedTest
  @EnumSource(Recipient.Cipher.class)
  void anyLengthComesBack(Recipient.Cipher cipher) throws CannotSeal {
    EnvelopeSealer sealer = sealer(new SecureRandom(), 100_000);
    for (int length : new int[] {0, 1, 15, 16, 17, 12_000, 14_000, 16_383, 16_384, 33_000}) {
      char[] text = new char[length];
      Arrays.fill(text, 'x');
      String message = SealAndOpenTest.INNER + new String(text);
      Bytes mail = seal(sealer, Recipient.of(SamplePki.OOST).with(cipher), message);
      Opened opened = OPENER.open(mail, SamplePki.OOST, SamplePki.NOW);
      assertThat(SealAndOpenTest.trusted(opened).content().entity())
          .isEqualTo(Bytes.of(message, StandardCharsets.UTF_8));
    }
  }

  @Test
  void theLimitIsOfTheWholeMail() throws CannotSeal {
    Recipient oost = Recipient.of(SamplePki.OOST);
    int length = seal(sealer(new SecureRandom(), 100_000), oost, SealAndOpenTest.INNER).length();
    assertThat(seal(sealer(new SecureRandom(), length), oost, SealAndOpenTest.INNER).length())
        .isEqualTo(length);
    CannotSeal cannot =
        catchThrowableOfType(
            CannotSeal.class,
            () -> seal(sealer(new SecureRandom(), length - 1), oost, SealAndOpenTest.INNER));
    assertThat(cannot.reason()).isEqualTo(CannotSeal.Reason.TOO_LARGE);
    assertThat(cannot.about()).isEqualTo(SamplePki.OOST);
  }

  @Test
  void untilWhenThereIsAKeyAndAReader() {
    EnvelopeSealer sealer =
        EnvelopeSealer.of(
            KeyRing.of(
                Map.of(
                    SamplePki.OOST,
                    List.of(
                        SamplePki.keys("gateway/oost-oud").get(0),
                        SamplePki.keys("gateway/oost").get(0)))),
            CertificateBook.of(
                Map.of(
                    SamplePki.GP,
                    List.of(
                        SamplePki.certificate("gp/a.devries"),
                        SamplePki.certificate("gp/verlopen")))),
            AlgorithmPolicy.defaults(),
            Limits.defaults(),
            new SecureRandom());
    assertThat(sealer.deadlines())
        .containsExactly(
            new Deadline(
                Deadline.Kind.KEY, SamplePki.certificate("gateway/oost").getNotAfter().toInstant()),
            new Deadline(
                Deadline.Kind.READER,
                SamplePki.certificate("gp/a.devries").getNotAfter().toInstant()));
    assertThat(sealer.certificates())
        .containsExactly(
            inUse(Deadline.Kind.KEY, SamplePki.OOST, "gateway/oost-oud"),
            inUse(Deadline.Kind.KEY, SamplePki.OOST, "gateway/oost"),
            inUse(Deadline.Kind.READER, SamplePki.GP, "gp/a.devries"),
            inUse(Deadline.Kind.READER, SamplePki.GP, "gp/verlopen"));
    assertThat(sealer.readers().addresses()).containsExactly(SamplePki.GP);
    assertThat(new CertificateInUse(Deadline.Kind.KEY, "oost@wotschiedam.nl", "1a2b"))
        .hasToString("KEY oost@wotschiedam.nl 1a2b");
  }

  private static CertificateInUse inUse(Deadline.Kind kind, Address whose, String name) {
    return new CertificateInUse(
        kind, whose.toString(), Certificates.sha256(SamplePki.certificate(name)));
  }
}
