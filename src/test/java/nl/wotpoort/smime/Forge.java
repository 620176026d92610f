package nl.wotpoort.smime;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;

/** Makes mails as an attacker or an honest GP would, step by step, with the sample keys. */
final class Forge {

  static final String GP = "gp/a.devries";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final EnvelopeOpener OPENER = SamplePki.opener();

  static final OuterHead HEAD =
      OuterHead.of(
          SamplePki.GP, SamplePki.OOST, SamplePki.NOW, "<1@praktijk-delinde.example>", "[...]");

  private Forge() {}

  static String crlf(String text) {
    return text.replace("\r\n", "\n").replace("\n", "\r\n");
  }

  /** multipart/signed around {@code entity}, signed by {@code signer} of certs-sample/. */
  static String signed(String entity, String signer) {
    byte[] head = crlf(entity).getBytes(StandardCharsets.UTF_8);
    KeyEntry key = SamplePki.keys(signer).get(0);
    SigningWriter writer = new SigningWriter(key, scheme(key), RANDOM);
    Pieces signed = writer.sign(head, Pieces.of(), SamplePki.NOW);
    return signed.joined().decode(StandardCharsets.UTF_8);
  }

  private static SignatureScheme scheme(KeyEntry key) {
    try {
      PublicKey own = key.certificate().getPublicKey();
      return SignatureScheme.outgoing(own, Recipient.Signature.USUAL);
    } catch (Fault e) {
      throw new AssertionError(e);
    }
  }

  static String encrypted(String entity) {
    return encrypted(entity, Recipient.Cipher.AES_256_CBC);
  }

  /** A whole mail: {@code entity} encrypted for oost@. */
  static String encrypted(String entity, Recipient.Cipher cipher) {
    return encrypted(entity, cipher, Recipient.KeyTransport.PKCS1);
  }

  static String encrypted(
      String entity, Recipient.Cipher cipher, Recipient.KeyTransport keyTransport) {
    EncryptingWriter.Manner manner = new EncryptingWriter.Manner(cipher, keyTransport);
    EncryptingWriter writer =
        new EncryptingWriter(manner, SamplePki.certificate("gateway/oost"), RANDOM);
    try {
      Bytes mail = writer.write(Pieces.of(entity.getBytes(StandardCharsets.UTF_8)), HEAD);
      return mail.decode(StandardCharsets.UTF_8);
    } catch (InvalidKeyException e) {
      throw new AssertionError(e);
    }
  }

  static String wrapped(String innerHeader) {
    return crlf(
        "Content-Type: message/rfc822\n\n" + innerHeader + "Content-Type: text/plain\n\nhallo\n");
  }

  static String innerHeader() {
    return """
    From: a.devries@praktijk-delinde.example
    To: oost@wotschiedam.nl
    Subject: Vraag
    Message-ID: <1@praktijk-delinde.example>
    """;
  }

  static Opened open(String mail) {
    return open(mail, SamplePki.OOST);
  }

  static Opened open(String mail, Address mailbox) {
    return OPENER.open(Bytes.of(mail, StandardCharsets.UTF_8), mailbox, SamplePki.NOW);
  }

  /** ACCEPT or the finding's code. */
  static String verdict(String mail) {
    return open(mail).fold(t -> "ACCEPT", r -> r.finding().code());
  }

  /** The mail most attacks start from. */
  static String honest() {
    return encrypted(signed(wrapped(innerHeader()), GP));
  }

  static byte[] derOf(String mail) {
    String body = mail.substring(mail.indexOf("\r\n\r\n") + 4);
    return Base64.getMimeDecoder().decode(body);
  }

  static String withDer(String mail, byte[] der) {
    return mail.substring(0, mail.indexOf("\r\n\r\n") + 4)
        + Base64.getMimeEncoder().encodeToString(der)
        + "\r\n";
  }

  static int indexOf(byte[] all, byte[] part) {
    for (int i = 0; i + part.length <= all.length; i++) {
      if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }

  /** The members of the SignedData in a multipart/signed of {@link #signed}. */
  static List<Asn1> signedData(String signed) {
    try {
      Bytes entity = Bytes.of(signed, StandardCharsets.UTF_8);
      Limits limits = Limits.defaults();
      return SignedContent.read(Entity.read(entity, limits), limits).signedData().children();
    } catch (Fault e) {
      throw new AssertionError(e);
    }
  }

  /** A ContentInfo with SignedData of these members. */
  static byte[] signedData(List<byte[]> members) {
    byte[] data = Der.sequence(members.toArray(new byte[0][]));
    return Der.sequence(Der.oid(Oids.SIGNED_DATA), Der.value(0xA0, data));
  }

  /** {@code signed} with another signature part. */
  static String withSignature(String signed, byte[] contentInfo) {
    int at = signed.indexOf("smime.p7s\r\n\r\n") + 13;
    String boundary = signed.substring(signed.lastIndexOf("\r\n--"));
    return signed.substring(0, at) + Base64.getMimeEncoder().encodeToString(contentInfo) + boundary;
  }

  /** An opaque signed entity. */
  static String opaque(byte[] contentInfo) {
    return crlf("Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\n")
        + "Content-Transfer-Encoding: base64\r\n\r\n"
        + Base64.getMimeEncoder().encodeToString(contentInfo)
        + "\r\n";
  }
}
