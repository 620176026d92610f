package nl.wotpoort.smime;

import java.util.List;
import java.util.Set;
import nl.wotpoort.letter.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A signed entity taken apart: what was signed, and the SignedData over it.
 *
 * @param content the bytes under the signature
 * @param signedData the SignedData SEQUENCE (RFC 5652 §5.1)
 */
record SignedContent(Bytes content, Asn1 signedData) {

  /** How deep the search goes for a signature that is not the root. */
  private static final int DEPTH = 4;

  /**
   * Takes apart the root of what was decrypted; everything else than one signature over all of it
   * is a fault that says what is missing.
   */
  static SignedContent read(Entity root, Limits limits) throws Fault {
    ContentType type = root.contentType();
    if (type.isSignedMultipart()) {
      return detached(root, type, limits);
    }
    if (type.isPkcs7Mime() || (type.isUntyped() && root.fileName().endsWith(".p7m"))) {
      return opaque(root, limits);
    }
    if (isSignedSomewhere(root, type, limits)) {
      throw new Fault(Finding.PARTIALLY_SIGNED, "the signed part is not the root");
    }
    throw new Fault(Finding.NOT_SIGNED, "no signature inside the encryption");
  }

  /** RFC 1847 §2.1: exactly two parts, the second one the signature. */
  private static SignedContent detached(Entity root, ContentType type, Limits limits) throws Fault {
    String protocol = type.lower("protocol");
    // when it is left out, the type of the second part decides
    if (!Set.of("", "application/pkcs7-signature", "application/x-pkcs7-signature")
        .contains(protocol)) {
      throw new Fault(Finding.NOT_SIGNED, "multipart/signed, but not S/MIME");
    }
    List<Bytes> parts = parts(root, type, limits);
    if (parts.size() > 2) {
      throw new Fault(Finding.PARTIALLY_SIGNED, "multipart/signed with more than two parts");
    }
    if (parts.size() < 2) {
      throw Fault.malformed("multipart/signed without a signature part");
    }
    Entity signature = Entity.read(parts.get(1), limits);
    ContentType signatureType = signature.contentType();
    if (!signatureType.isPkcs7Signature()
        && !(signatureType.isUntyped() && signature.fileName().endsWith(".p7s"))) {
      throw Fault.malformed("the second part of multipart/signed is no signature");
    }
    Asn1 signedData = signedData(signature.decodedBody(), limits);
    if (encapsulated(signedData) != null) {
      throw Fault.malformed("a detached signature with content of its own");
    }
    return new SignedContent(parts.get(0), signedData);
  }

  private static SignedContent opaque(Entity root, Limits limits) throws Fault {
    Asn1 signedData = signedData(root.decodedBody(), limits);
    Asn1 content = encapsulated(signedData);
    if (content == null) {
      throw new Fault(Finding.NOT_SIGNED, "signed-data without content");
    }
    return new SignedContent(content.octetsInPlace().bytes(), signedData);
  }

  private static Asn1 signedData(Asn1.Octets der, Limits limits) throws Fault {
    Asn1.Cursor info = Asn1.read(der, limits).expect(Asn1.SEQUENCE).cursor();
    String type = info.take().oid();
    if (type.equals(Oids.ENVELOPED_DATA) || type.equals(Oids.AUTH_ENVELOPED_DATA)) {
      throw Fault.malformed("encrypted twice");
    }
    if (type.equals(Oids.COMPRESSED_DATA)) {
      throw new Fault(Finding.NOT_SIGNED, "compressed where the signature belongs; not unpacked");
    }
    if (!type.equals(Oids.SIGNED_DATA)) {
      throw new Fault(Finding.NOT_SIGNED, "content type " + type + " where signed-data belongs");
    }
    return info.take(0xA0).cursor().take(Asn1.SEQUENCE);
  }

  /** The OCTET STRING inside EncapsulatedContentInfo, or null. */
  private static @Nullable Asn1 encapsulated(Asn1 signedData) throws Fault {
    Asn1.Cursor data = signedData.cursor();
    data.take(Asn1.INTEGER);
    data.take(Asn1.SET);
    Asn1.Cursor info = data.take(Asn1.SEQUENCE).cursor();
    if (!info.take().oid().equals(Oids.DATA)) {
      throw Fault.malformed("what is signed is not id-data");
    }
    return info.at(0xA0) ? info.take().cursor().take() : null;
  }

  private static boolean isSignedSomewhere(Entity root, ContentType type, Limits limits) {
    try {
      return holdsSignature(root, type, limits, 0);
    } catch (Fault unreadable) {
      return false;
    }
  }

  /** Looks for a signature further down, to tell partially signed from not signed. */
  private static boolean holdsSignature(Entity entity, ContentType type, Limits limits, int depth)
      throws Fault {
    if (depth > DEPTH) {
      return false;
    }
    if (type.isMessage()) {
      Entity inner = Entity.read(entity.body(), limits);
      return holdsSignature(inner, inner.contentType(), limits, depth + 1);
    }
    if (!type.isMultipart() || type.isSignedMultipart()) {
      return type.isSignedMultipart() || type.isPkcs7Mime() || type.isPkcs7Signature();
    }
    for (Bytes part : parts(entity, type, limits)) {
      Entity inner = Entity.read(part, limits);
      if (holdsSignature(inner, inner.contentType(), limits, depth + 1)) {
        return true;
      }
    }
    return false;
  }

  static List<Bytes> parts(Entity entity, ContentType type, Limits limits) throws Fault {
    String boundary =
        type.parameter("boundary")
            .orElseThrow(() -> Fault.malformed("multipart without a boundary"));
    return Multipart.parts(entity.body(), boundary, limits);
  }
}
