package nl.wotpoort.smime;

import java.util.Locale;
import nl.wotpoort.letter.Bytes;

/** What a mail is on its outside: an envelope as its root, or what is wrong with it instead. */
final class Outside {

  /** How deep the search goes for what would have been an envelope. */
  private static final int DEPTH = 4;

  private Outside() {}

  /** The ContentInfo of the root, which is EnvelopedData or AuthEnvelopedData. */
  static Asn1 envelope(Entity mail, Limits limits) throws Fault {
    ContentType type = mail.contentType();
    if (!isPkcs7(mail, type)) {
      throw new Fault(notAnEnvelope(mail, type, limits), "the root is " + shown(type));
    }
    Asn1 info = Asn1.read(mail.decodedBody(), limits).expect(Asn1.SEQUENCE);
    String kind = info.cursor().take().oid();
    if (kind.equals(Oids.ENVELOPED_DATA) || kind.equals(Oids.AUTH_ENVELOPED_DATA)) {
      return info;
    }
    if (kind.equals(Oids.SIGNED_DATA) || kind.equals(Oids.COMPRESSED_DATA)) {
      throw new Fault(Finding.NOT_ENCRYPTED, "content type " + kind + " as the root");
    }
    throw Fault.malformed("content type " + kind + " as the root");
  }

  /** RFC 8551 §3.2.1: some gateways lose the type and keep the file name. */
  private static boolean isPkcs7(Entity entity, ContentType type) throws Fault {
    return type.isPkcs7Mime() || (type.isUntyped() && entity.fileName().endsWith(".p7m"));
  }

  private static Finding notAnEnvelope(Entity mail, ContentType type, Limits limits) {
    try {
      return holdsEnvelope(mail, type, limits, 0)
          ? Finding.PARTIALLY_ENCRYPTED
          : Finding.NOT_ENCRYPTED;
    } catch (Fault fault) {
      return Finding.NOT_ENCRYPTED;
    }
  }

  private static boolean holdsEnvelope(Entity entity, ContentType type, Limits limits, int depth)
      throws Fault {
    if (depth > DEPTH) {
      return false;
    }
    if (type.isMessage()) {
      Entity inner = Entity.read(entity.body(), limits);
      return holdsEnvelope(inner, inner.contentType(), limits, depth + 1);
    }
    if (!type.isMultipart()) {
      return isPkcs7(entity, type) && !type.lower("smime-type").equals("signed-data");
    }
    for (Bytes part : SignedContent.parts(entity, type, limits)) {
      Entity inner = Entity.read(part, limits);
      if (holdsEnvelope(inner, inner.contentType(), limits, depth + 1)) {
        return true;
      }
    }
    return false;
  }

  /** Only types out of a closed list are quoted: the rest is the sender's free text. */
  private static String shown(ContentType type) {
    String top = type.type().substring(0, type.type().indexOf('/')).toLowerCase(Locale.ROOT);
    return switch (top) {
      case "text", "multipart", "application", "message", "image", "audio", "video" -> top + "/…";
      default -> "something else";
    };
  }
}
