package nl.wotpoort.smime;

import java.util.List;
import nl.wotpoort.letter.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A signed entity taken apart: what was signed, and the SignedData over it.
 *
 * @param content the bytes under the signature
 * @param signedData the SignedData SEQUENCE (RFC 5652 §5.1)
 */
record SignedContent(Bytes content, Asn1 signedData) {

  /**
   * Takes apart the root of what was decrypted; everything else than one signature over all of it
   * is a fault that says what is missing.
   */
  static SignedContent read(Entity root, Limits limits) throws Fault {
    ContentType type = root.contentType();
    if (type.isSignedMultipart()) {
      return detached(root, type, limits);
    }
    if (type.isPkcs7Mime()) {
      return opaque(root, limits);
    }
    if (type.isMultipart() && holdsSignature(root, type, limits)) {
      throw new Fault(Finding.PARTIALLY_SIGNED, "the signed part is not the root");
    }
    throw new Fault(Finding.NOT_SIGNED, "no signature inside the encryption");
  }

  /** RFC 1847 §2.1: exactly two parts, the second one the signature. */
  private static SignedContent detached(Entity root, ContentType type, Limits limits) throws Fault {
    String protocol = type.lower("protocol");
    if (!protocol.equals("application/pkcs7-signature")
        && !protocol.equals("application/x-pkcs7-signature")) {
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
    if (!signature.contentType().isPkcs7Signature()) {
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
    Asn1.Octets octets = content.octets();
    Bytes bytes = Bytes.wrap(octets.array()).slice(octets.from(), octets.to());
    return new SignedContent(bytes, signedData);
  }

  private static Asn1 signedData(byte[] der, Limits limits) throws Fault {
    Asn1.Cursor info = Asn1.read(der, limits).expect(Asn1.SEQUENCE).cursor();
    String type = info.take().oid();
    if (type.equals(Oids.ENVELOPED_DATA) || type.equals(Oids.AUTH_ENVELOPED_DATA)) {
      throw Fault.malformed("encrypted twice");
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

  /** Looks one level down for a signature, to tell partially signed from not signed. */
  private static boolean holdsSignature(Entity root, ContentType type, Limits limits) throws Fault {
    for (Bytes part : parts(root, type, limits)) {
      ContentType inner = Entity.read(part, limits).contentType();
      if (inner.isSignedMultipart() || inner.isPkcs7Mime() || inner.isPkcs7Signature()) {
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
