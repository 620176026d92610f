package nl.wotpoort.smime;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.ocsp.BasicOCSPResponse;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.CertStatus;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.ocsp.ResponderID;
import org.bouncycastle.asn1.ocsp.ResponseBytes;
import org.bouncycastle.asn1.ocsp.ResponseData;
import org.bouncycastle.asn1.ocsp.RevokedInfo;
import org.bouncycastle.asn1.ocsp.SingleResponse;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.ContentSigner;
import org.jspecify.annotations.Nullable;

/** An OCSP answer in the making, right or wrong in any part; good until tomorrow at first. */
final class OcspReply {

  private final X509Certificate about;
  private final TestCa issuer;
  private final X509Certificate signer;
  private ContentSigner signature;
  private final List<SingleResponse> singles = new ArrayList<>();
  private @Nullable List<X509Certificate> along;
  private @Nullable Extensions extensions;
  private boolean byKey;
  private int status = OCSPResponseStatus.SUCCESSFUL;
  private ASN1ObjectIdentifier type = OCSPObjectIdentifiers.id_pkix_ocsp_basic;

  private OcspReply(X509Certificate about, TestCa issuer, TestCa signer) {
    this.about = about;
    this.issuer = issuer;
    this.signer = signer.certificate;
    this.signature = TestCa.signer(signer.keys);
  }

  /** Signed by {@code signer} under the subject of its certificate. */
  static OcspReply of(X509Certificate about, TestCa issuer, TestCa signer) {
    return new OcspReply(about, issuer, signer);
  }

  static CertStatus good() {
    return new CertStatus();
  }

  static CertStatus revoked() {
    return new CertStatus(new RevokedInfo(time(TestCa.NOW.minus(Duration.ofDays(2))), null));
  }

  static CertStatus held() {
    return revoked(CRLReason.certificateHold);
  }

  static CertStatus revoked(int reason) {
    CRLReason why = CRLReason.lookup(reason);
    return new CertStatus(new RevokedInfo(time(TestCa.NOW.minus(Duration.ofDays(2))), why));
  }

  static CertStatus unknown() {
    return new CertStatus(2, DERNull.INSTANCE);
  }

  private static ASN1GeneralizedTime time(Instant at) {
    return new ASN1GeneralizedTime(Date.from(at), Locale.ROOT);
  }

  /** A nonce, which nobody asked for. */
  static Extensions nonce(boolean critical) {
    return new Extensions(
        new Extension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce, critical, new byte[] {4, 1, 7}));
  }

  OcspReply says(CertStatus said, Instant from) {
    return says(id("1.3.14.3.2.26", "SHA-1"), said, from, from.plus(Duration.ofDays(1)), null);
  }

  OcspReply says(
      CertID id,
      CertStatus said,
      Instant from,
      @Nullable Instant until,
      @Nullable Extensions extra) {
    singles.add(
        new SingleResponse(id, said, time(from), until == null ? null : time(until), extra));
    return this;
  }

  CertID id(String oid, String hash) {
    return id(oid, hash, issuer.certificate.getPublicKey().getEncoded(), about);
  }

  /** With another key of the issuer, or the names and number of another certificate. */
  static CertID id(String oid, String hash, byte[] issuerKey, X509Certificate about) {
    byte[] bits = SubjectPublicKeyInfo.getInstance(issuerKey).getPublicKeyData().getOctets();
    return new CertID(
        new AlgorithmIdentifier(new ASN1ObjectIdentifier(oid), DERNull.INSTANCE),
        new DEROctetString(hash(hash, about.getIssuerX500Principal().getEncoded())),
        new DEROctetString(hash(hash, bits)),
        new ASN1Integer(about.getSerialNumber()));
  }

  private static byte[] hash(String name, byte[] bytes) {
    try {
      return MessageDigest.getInstance(name).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  OcspReply along(X509Certificate... certificates) {
    along = List.of(certificates);
    return this;
  }

  OcspReply with(Extensions more) {
    extensions = more;
    return this;
  }

  OcspReply byKey() {
    byKey = true;
    return this;
  }

  OcspReply status(int other) {
    status = other;
    return this;
  }

  OcspReply type(String oid) {
    type = new ASN1ObjectIdentifier(oid);
    return this;
  }

  OcspReply signedWith(ContentSigner other) {
    signature = other;
    return this;
  }

  byte[] bytes() {
    try {
      if (singles.isEmpty()) {
        says(good(), TestCa.NOW.minus(Duration.ofHours(1)));
      }
      byte[] key =
          SubjectPublicKeyInfo.getInstance(signer.getPublicKey().getEncoded())
              .getPublicKeyData()
              .getOctets();
      ResponderID id =
          byKey
              ? new ResponderID(new DEROctetString(hash("SHA-1", key)))
              : new ResponderID(
                  X500Name.getInstance(signer.getSubjectX500Principal().getEncoded()));
      ASN1EncodableVector all = new ASN1EncodableVector();
      singles.forEach(all::add);
      ResponseData data = new ResponseData(id, time(TestCa.NOW), new DERSequence(all), extensions);
      try (OutputStream out = signature.getOutputStream()) {
        out.write(data.getEncoded("DER"));
      }
      BasicOCSPResponse basic =
          new BasicOCSPResponse(
              data,
              signature.getAlgorithmIdentifier(),
              new DERBitString(signature.getSignature()),
              certificates());
      ResponseBytes inner = new ResponseBytes(type, new DEROctetString(basic.getEncoded("DER")));
      return new OCSPResponse(new OCSPResponseStatus(status), inner).getEncoded("DER");
    } catch (IOException | CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  private @Nullable DERSequence certificates() throws CertificateEncodingException {
    if (along == null) {
      return null;
    }
    ASN1EncodableVector all = new ASN1EncodableVector();
    for (X509Certificate one : along) {
      all.add(Certificate.getInstance(one.getEncoded()));
    }
    return new DERSequence(all);
  }
}
