package nl.wotpoort.smime;

import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;

/**
 * Seals a message: wrapped whole as message/rfc822, signed (multipart/signed), then encrypted for
 * one recipient. What cannot be signed and encrypted is not made at all. Thread-safe.
 *
 * <p>The result is 7-bit ASCII with CRLF line ends and differs each time it is made: content key,
 * nonce and padding are fresh.
 */
public final class EnvelopeSealer {

  private final KeyRing keys;
  private final CertificateBook book;
  private final AlgorithmPolicy policy;
  private final Limits limits;
  private final SecureRandom random;
  private final Optional<Trust> trust;

  private EnvelopeSealer(
      KeyRing keys,
      CertificateBook book,
      AlgorithmPolicy policy,
      Limits limits,
      SecureRandom random,
      Optional<Trust> trust) {
    this.keys = keys;
    this.book = book;
    this.policy = policy;
    this.limits = limits;
    this.random = random;
    this.trust = trust;
  }

  /** {@code random} makes keys and nonces; a predictable one only in tests. */
  public static EnvelopeSealer of(
      KeyRing keys,
      CertificateBook book,
      AlgorithmPolicy policy,
      Limits limits,
      SecureRandom random) {
    return new EnvelopeSealer(keys, book, policy, limits, random, Optional.empty());
  }

  /**
   * The same, sealing only for certificates with a valid path in one of the groups of {@code
   * trust}, not revoked. What stands beside a certificate in the book helps to build its path.
   */
  public EnvelopeSealer trusting(Trust other) {
    return new EnvelopeSealer(keys, book, policy, limits, random, Optional.of(other));
  }

  /** Everybody it can seal for. */
  public CertificateBook readers() {
    return book;
  }

  /** Until when there is a key for each mailbox of ours, and a certificate for each reader. */
  public List<Deadline> deadlines() {
    Stream<Deadline> own =
        keys.mailboxes().stream()
            .flatMap(
                mailbox ->
                    keys.of(mailbox).stream()
                        .map(KeyEntry::notAfter)
                        .max(Comparator.naturalOrder())
                        .stream())
            .map(end -> new Deadline(Deadline.Kind.KEY, end));
    Stream<Deadline> readers =
        book.addresses().stream()
            .flatMap(
                reader ->
                    book.of(reader).stream()
                        .map(one -> one.getNotAfter().toInstant())
                        .max(Comparator.naturalOrder())
                        .stream())
            .map(end -> new Deadline(Deadline.Kind.READER, end));
    return Stream.concat(own, readers).toList();
  }

  /** The certificates of our keys, and of everybody we can seal for. */
  public List<CertificateInUse> certificates() {
    Stream<CertificateInUse> own =
        keys.mailboxes().stream()
            .flatMap(
                mailbox ->
                    keys.of(mailbox).stream()
                        .map(KeyEntry::certificate)
                        .map(one -> inUse(Deadline.Kind.KEY, mailbox, one)));
    Stream<CertificateInUse> readers =
        book.addresses().stream()
            .flatMap(
                reader ->
                    book.of(reader).stream().map(one -> inUse(Deadline.Kind.READER, reader, one)));
    return Stream.concat(own, readers).toList();
  }

  private static CertificateInUse inUse(Deadline.Kind kind, Address whose, X509Certificate one) {
    return new CertificateInUse(kind, whose.toString(), Certificates.sha256(one));
  }

  /**
   * Seals {@code innerMessage}, a whole message (RFC 5322), as {@code signAs} for {@code
   * recipient}.
   *
   * @param now the signing time; key and certificate must be valid at it
   * @throws CannotSeal when a key or certificate is missing, expired or unfit, or the result would
   *     be larger than {@link Limits#messageBytes}
   */
  public Bytes seal(
      Bytes innerMessage, OuterHead head, Address signAs, Recipient recipient, Instant now)
      throws CannotSeal {
    return seal(List.of(innerMessage), head, signAs, recipient, now);
  }

  /** The same for a message in pieces, which are not laid together first. */
  public Bytes seal(
      List<Bytes> innerMessage, OuterHead head, Address signAs, Recipient recipient, Instant now)
      throws CannotSeal {
    Pieces message = new Pieces(innerMessage);
    KeyEntry key = signingKey(signAs, recipient.signature(), now);
    X509Certificate certificate = certificate(recipient.address(), now);
    EncryptingWriter.Manner manner = manner(recipient, certificate);
    SigningWriter signing = new SigningWriter(key, scheme(key, recipient), random);
    // base64 in lines makes four bytes and a bit of three; said before the work, not after
    requireSize(message.length() * 41L / 30, recipient.address());
    Pieces signed = signing.multipartSigned(message, now);
    Bytes sealed = encrypted(new EncryptingWriter(manner, certificate, random), signed, head);
    requireSize(sealed.length(), recipient.address());
    return sealed;
  }

  private static Bytes encrypted(EncryptingWriter writer, Pieces signed, OuterHead head)
      throws CannotSeal {
    try {
      return writer.write(signed, head);
    } catch (InvalidKeyException e) {
      throw new CannotSeal(CannotSeal.Reason.RECIPIENT_CERTIFICATE_UNSUITABLE, head.to());
    }
  }

  /**
   * As the entry says, else as the certificate says, else as is usual. PKCS#1 v1.5 gives way to
   * OAEP where the policy has only that; a cipher the policy refuses has no other in its place, for
   * entry and certificate say what the program can read.
   */
  private EncryptingWriter.Manner manner(Recipient wanted, X509Certificate certificate)
      throws CannotSeal {
    Capabilities able = Capabilities.of(certificate, limits);
    Recipient.Cipher cipher = wanted.cipher().or(able::cipher).orElse(Recipient.Cipher.AES_256_GCM);
    requireAllowed(cipher.algorithm(), wanted.address());
    if (!(certificate.getPublicKey() instanceof RSAPublicKey)) {
      return new EncryptingWriter.Manner(cipher, Recipient.KeyTransport.PKCS1);
    }
    Recipient.KeyTransport transport =
        wanted.keyTransport().or(able::keyTransport).orElse(Recipient.KeyTransport.PKCS1);
    if (transport == Recipient.KeyTransport.PKCS1 && policy.allows("RSA-PKCS1")) {
      return new EncryptingWriter.Manner(cipher, transport);
    }
    requireAllowed("RSA-OAEP-SHA-256", wanted.address());
    return new EncryptingWriter.Manner(cipher, Recipient.KeyTransport.OAEP_SHA_256);
  }

  /** What we would refuse to read we do not write. */
  private SignatureScheme scheme(KeyEntry key, Recipient recipient) throws CannotSeal {
    try {
      PublicKey own = key.certificate().getPublicKey();
      SignatureScheme scheme = SignatureScheme.outgoing(own, recipient.signature());
      policy.require(scheme.name());
      return scheme;
    } catch (Fault refused) {
      throw new CannotSeal(CannotSeal.Reason.ALGORITHM_NOT_ALLOWED, recipient.address());
    }
  }

  private void requireAllowed(String algorithm, Address about) throws CannotSeal {
    if (!policy.allows(algorithm)) {
      throw new CannotSeal(CannotSeal.Reason.ALGORITHM_NOT_ALLOWED, about);
    }
  }

  private void requireSize(long size, Address recipient) throws CannotSeal {
    if (size > limits.messageBytes()) {
      throw new CannotSeal(CannotSeal.Reason.TOO_LARGE, recipient);
    }
  }

  private KeyEntry signingKey(Address signAs, Recipient.Signature wanted, Instant now)
      throws CannotSeal {
    Optional<KeyEntry> key = keys.forSigning(signAs, wanted, now);
    if (key.isPresent()) {
      return key.get();
    }
    boolean other = keys.forSigning(signAs, now).isPresent();
    boolean expired = keys.of(signAs).stream().anyMatch(k -> Certificates.maySign(k.certificate()));
    throw new CannotSeal(
        other
            ? CannotSeal.Reason.NO_SIGNING_KEY_OF_KIND
            : expired ? CannotSeal.Reason.SIGNING_KEY_EXPIRED : CannotSeal.Reason.NO_SIGNING_KEY,
        signAs);
  }

  /** The newest that nothing is wrong with; when there is none, what is wrong with the newest. */
  private X509Certificate certificate(Address recipient, Instant now) throws CannotSeal {
    Optional<CannotSeal.Reason> first = Optional.empty();
    for (X509Certificate candidate : book.candidates(recipient, now)) {
      Optional<CannotSeal.Reason> wrong = wrongWith(candidate, recipient, now);
      if (wrong.isEmpty()) {
        return candidate;
      }
      first = first.or(() -> wrong);
    }
    throw new CannotSeal(first.orElseGet(() -> whyNone(recipient, now)), recipient);
  }

  private Optional<CannotSeal.Reason> wrongWith(
      X509Certificate candidate, Address recipient, Instant now) {
    try {
      PublicKeys.require(candidate.getPublicKey(), policy);
    } catch (Fault e) {
      return Optional.of(CannotSeal.Reason.RECIPIENT_CERTIFICATE_UNSUITABLE);
    }
    return trust
        .flatMap(t -> t.path(candidate, book.of(recipient), now))
        .flatMap(PathResult::finding)
        .map(EnvelopeSealer::reason);
  }

  private static CannotSeal.Reason reason(Finding finding) {
    return switch (finding) {
      case SIGNER_REVOKED -> CannotSeal.Reason.RECIPIENT_CERTIFICATE_REVOKED;
      case REVOCATION_UNKNOWN -> CannotSeal.Reason.RECIPIENT_REVOCATION_UNKNOWN;
      case SIGNER_EXPIRED -> CannotSeal.Reason.RECIPIENT_CERTIFICATE_EXPIRED;
      case SIGNER_UNTRUSTED -> CannotSeal.Reason.RECIPIENT_CERTIFICATE_UNTRUSTED;
      default -> CannotSeal.Reason.RECIPIENT_CERTIFICATE_UNSUITABLE;
    };
  }

  private CannotSeal.Reason whyNone(Address recipient, Instant now) {
    if (book.of(recipient).isEmpty()) {
      return CannotSeal.Reason.NO_RECIPIENT_CERTIFICATE;
    }
    return book.of(recipient).stream().anyMatch(c -> Certificates.isValidAt(c, now))
        ? CannotSeal.Reason.RECIPIENT_CERTIFICATE_UNSUITABLE
        : CannotSeal.Reason.RECIPIENT_CERTIFICATE_EXPIRED;
  }
}
