package nl.wotpoort.smime;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.ocsp.BasicOCSPResponse;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPRequest;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.ocsp.Request;
import org.bouncycastle.asn1.ocsp.ResponseBytes;
import org.bouncycastle.asn1.ocsp.SingleResponse;
import org.bouncycastle.asn1.ocsp.TBSRequest;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * Questions and answers of OCSP (RFC 6960, in the profile of RFC 5019): their form, not their
 * trust.
 */
public final class Ocsp {

  /** An answer that names no next one is for now; this is how long "now" is. */
  private static final Duration WITHOUT_NEXT = Duration.ofHours(1);

  /** However long the responder says; a yes that lives for months is not an answer. */
  private static final Duration LONGEST = Duration.ofDays(10);

  private Ocsp() {}

  /**
   * The question about one certificate, always the same bytes for the same certificate. Without a
   * nonce: answers are made beforehand and may be kept until they end. SHA-1 names the issuer here
   * (RFC 5019 §2.1.1) and protects nothing.
   */
  static byte[] question(X509Certificate certificate, X509Certificate issuer) {
    try {
      CertID id = id(Oids.SHA1, "SHA-1", certificate, issuer);
      DERSequence requests = new DERSequence(new Request(id, null));
      return new OCSPRequest(
              new TBSRequest(null, requests, (org.bouncycastle.asn1.x509.Extensions) null), null)
          .getEncoded("DER");
    } catch (IOException e) {
      throw new AssertionError("internal error: an OCSP request has no encoding", e);
    }
  }

  private static CertID id(
      String oid, String hash, X509Certificate certificate, X509Certificate issuer) {
    SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(issuer.getPublicKey().getEncoded());
    return new CertID(
        new AlgorithmIdentifier(new ASN1ObjectIdentifier(oid), DERNull.INSTANCE),
        new DEROctetString(hash(hash, certificate.getIssuerX500Principal().getEncoded())),
        new DEROctetString(hash(hash, bits(key))),
        new ASN1Integer(certificate.getSerialNumber()));
  }

  private static byte[] bits(SubjectPublicKeyInfo key) {
    return DERBitString.convert(key.getPublicKeyData()).getOctets();
  }

  /** RFC 6960 §4.2.1: byKey is the SHA-1 of the key's bits. */
  static byte[] keyHash(X509Certificate certificate) {
    return hash(
        "SHA-1", bits(SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded())));
  }

  private static byte[] hash(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("this Java lacks " + algorithm, e);
    }
  }

  /** Whether {@code id} means this certificate, by whatever hash it uses. */
  static boolean means(CertID id, X509Certificate certificate, X509Certificate issuer) {
    String oid = id.getHashAlgorithm().getAlgorithm().getId();
    String hash =
        switch (oid) {
          case Oids.SHA1 -> "SHA-1";
          case Oids.SHA256 -> "SHA-256";
          case Oids.SHA384 -> "SHA-384";
          case Oids.SHA512 -> "SHA-512";
          default -> "";
        };
    if (hash.isEmpty()) {
      return false;
    }
    CertID own = id(oid, hash, certificate, issuer);
    return own.getSerialNumber().equals(id.getSerialNumber())
        && own.getIssuerNameHash().equals(id.getIssuerNameHash())
        && own.getIssuerKeyHash().equals(id.getIssuerKeyHash());
  }

  /** The answer inside; a fault when it says "try later" or is none. */
  static BasicOCSPResponse basic(byte[] response) throws Fault {
    try {
      Asn1.read(response, Limits.defaults());
      OCSPResponse outer = OCSPResponse.getInstance(response);
      ResponseBytes bytes = outer.getResponseBytes();
      if (outer.getResponseStatus().getIntValue() != OCSPResponseStatus.SUCCESSFUL
          || bytes == null
          || !bytes.getResponseType().equals(OCSPObjectIdentifiers.id_pkix_ocsp_basic)) {
        throw unknown("the responder gave no answer");
      }
      byte[] inner = bytes.getResponse().getOctets();
      Asn1.read(inner, Limits.defaults());
      return BasicOCSPResponse.getInstance(inner);
    } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
      throw unknown("an OCSP answer cannot be read");
    }
  }

  static List<SingleResponse> singles(BasicOCSPResponse basic) {
    List<SingleResponse> singles = new ArrayList<>();
    basic
        .getTbsResponseData()
        .getResponses()
        .forEach(one -> singles.add(SingleResponse.getInstance(one)));
    return singles;
  }

  static Instant from(SingleResponse single) throws Fault {
    return time(single.getThisUpdate());
  }

  static Instant until(SingleResponse single) throws Fault {
    Instant from = from(single);
    ASN1GeneralizedTime next = single.getNextUpdate();
    return next == null
        ? from.plus(WITHOUT_NEXT)
        : PathValidator.earlier(time(next), from.plus(LONGEST));
  }

  private static Instant time(ASN1GeneralizedTime time) throws Fault {
    try {
      return time.getDate().toInstant();
    } catch (ParseException e) {
      throw unknown("an OCSP answer has no time");
    }
  }

  static Fault unknown(String detail) {
    return new Fault(Finding.REVOCATION_UNKNOWN, detail);
  }

  /** From when until when an answer is of use, for who keeps it; nothing about its truth. */
  public record Span(Instant from, Instant until) {}

  /** Empty when {@code response} is no answer. Never throws, whatever the bytes are. */
  public static Optional<Span> span(byte[] response) {
    try {
      Optional<Span> span = Optional.empty();
      for (SingleResponse single : singles(basic(response))) {
        Span own = new Span(from(single), until(single));
        span = span.filter(s -> s.until().isBefore(own.until())).or(() -> Optional.of(own));
      }
      return span;
    } catch (Fault | IllegalArgumentException | IllegalStateException | ClassCastException e) {
      return Optional.empty();
    }
  }
}
