package nl.wotpoort.smime;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Bytes;

/**
 * Verifies SignedData (RFC 5652 §5) against the content: every SignerInfo must hold, for a reader
 * that picks another one than we do must not see another signer. Says who signed by which
 * certificate, not yet whether anybody trusts it.
 */
final class SignatureCheck {

  private final AlgorithmPolicy policy;
  private final Limits limits;

  SignatureCheck(AlgorithmPolicy policy, Limits limits) {
    this.policy = policy;
    this.limits = limits;
  }

  /** One SignerInfo that verified. */
  record SignedBy(
      X509Certificate certificate,
      SignatureScheme scheme,
      String digest,
      Optional<Instant> signingTime) {}

  /**
   * @param content the bytes that were signed: as given, or with CRLF for every bare LF
   * @param sha256 over {@code content}
   * @param certificates all that came along
   */
  record Verified(
      Bytes content, byte[] sha256, List<SignedBy> signers, List<X509Certificate> certificates) {}

  Verified verify(SignedContent signed, List<X509Certificate> known) throws Fault {
    Asn1.Cursor data = signed.signedData().cursor();
    data.take(Asn1.INTEGER);
    data.take(Asn1.SET);
    data.take(Asn1.SEQUENCE);
    CertificateBag bag = CertificateBag.read(data.at(0xA0) ? data.take().children() : List.of());
    data.skip(0xA1);
    List<Asn1> infos = data.take(Asn1.SET).children();
    if (infos.isEmpty()) {
      throw new Fault(Finding.NOT_SIGNED, "signed-data without a signer");
    }
    if (infos.size() > limits.signers()) {
      throw Fault.tooLarge("more than " + limits.signers() + " signers");
    }
    List<SignerInfo> signers = new ArrayList<>();
    for (Asn1 info : infos) {
      signers.add(SignerInfo.read(info, limits));
    }
    Content content = content(signed.content(), signers);
    List<SignedBy> verified = new ArrayList<>();
    for (SignerInfo signer : signers) {
      verified.add(verify(signer, content, bag, known));
    }
    byte[] sha256 = content.digest("SHA-256");
    return new Verified(content.bytes, sha256, verified, bag.certificates(limits));
  }

  private SignedBy verify(
      SignerInfo signer, Content content, CertificateBag bag, List<X509Certificate> known)
      throws Fault {
    if (!MessageDigest.isEqual(signer.messageDigest(), content.digest(signer.digest()))) {
      throw invalid("the content does not fit the signed digest");
    }
    List<X509Certificate> candidates = candidates(signer, bag, known);
    List<byte[]> covered = signer.covered();
    Fault last = new Fault(Finding.SIGNER_UNTRUSTED, "the signer's certificate is not there");
    for (X509Certificate candidate : candidates) {
      try {
        signer.checkCertificateAttribute(candidate);
        PublicKeys.require(candidate.getPublicKey(), policy);
        policy.require(signer.scheme().name());
        check(signer, candidate.getPublicKey(), covered);
        return new SignedBy(candidate, signer.scheme(), signer.digest(), signer.signingTime());
      } catch (Fault fault) {
        last = fault;
      }
    }
    throw last;
  }

  private List<X509Certificate> candidates(
      SignerInfo signer, CertificateBag bag, List<X509Certificate> known) throws Fault {
    Set<X509Certificate> candidates = new LinkedHashSet<>();
    try {
      for (X509Certificate certificate : bag.matching(signer.id(), limits)) {
        candidates.add(certificate);
      }
    } catch (CertificateException e) {
      throw Fault.malformed("the signer's certificate is not readable");
    }
    for (X509Certificate certificate : known) {
      if (RecipientId.means(signer.id(), certificate, limits)) {
        candidates.add(certificate);
      }
    }
    return candidates.stream().limit(4).toList();
  }

  private static void check(SignerInfo signer, PublicKey key, List<byte[]> covered) throws Fault {
    if (!signer.scheme().fits(key)) {
      throw invalid("the signature algorithm does not fit the key");
    }
    for (byte[] form : covered) {
      if (verifies(signer, key, form)) {
        return;
      }
    }
    throw invalid("the signature does not verify");
  }

  private static boolean verifies(SignerInfo signer, PublicKey key, byte[] covered) throws Fault {
    try {
      Signature signature = Engines.signature(signer.scheme().jca());
      if (signer.scheme().parameters() != null) {
        signature.setParameter(signer.scheme().parameters());
      }
      signature.initVerify(Engines.prepared(key));
      signature.update(covered);
      return signature.verify(signer.signature());
    } catch (InvalidKeyException e) {
      throw Fault.weak("the key is not fit for the signature algorithm");
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  static Fault invalid(String detail) {
    return new Fault(Finding.SIGNATURE_INVALID, detail);
  }

  /** The bytes with the digests taken of them, each once. */
  private static final class Content {
    private final Bytes bytes;
    private final Map<String, byte[]> digests = new HashMap<>();

    Content(Bytes bytes) {
      this.bytes = bytes;
    }

    byte[] digest(String algorithm) {
      return digests.computeIfAbsent(algorithm, a -> SignatureCheck.digest(a, bytes));
    }
  }

  /**
   * Signers hash the canonical form (RFC 8551 §3.1.1). What came through a file may have bare LF;
   * only then a second try is made with CRLF.
   */
  private static Content content(Bytes bytes, List<SignerInfo> signers) throws Fault {
    Content asItIs = new Content(bytes);
    SignerInfo first = signers.get(0);
    boolean fits = MessageDigest.isEqual(first.messageDigest(), asItIs.digest(first.digest()));
    if (fits || !LineEnds.kind(bytes).bareLf()) {
      return asItIs;
    }
    return new Content(LineEnds.canonical(bytes));
  }

  static byte[] digest(String algorithm, Bytes bytes) {
    return digest(algorithm, new Pieces(List.of(bytes)));
  }

  static byte[] digest(String algorithm, Pieces pieces) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      pieces.writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      return digest.digest();
    } catch (NoSuchAlgorithmException | IOException e) {
      throw new AssertionError("this Java lacks " + algorithm, e);
    }
  }
}
