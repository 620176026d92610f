package nl.wotpoort.smime;

import java.nio.charset.StandardCharsets;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.VerifiedContent;

/**
 * Opens envelopes: a mail that is signed, then encrypted (RFC 8551), by somebody trusted, for one
 * of our mailboxes.
 *
 * <p>Order: structure, decryption, signature, path and purpose, whose certificate it is, headers.
 * Nothing decrypted is used before the signature inside verified, except to find that signature.
 * Never touches the network. Immutable, thread-safe; the same mail at the same moment always gives
 * the same answer.
 *
 * <p>Trusts: its {@link KeyRing}, {@link Trust} and clock. Trusts nothing in the mail.
 */
public final class EnvelopeOpener {

  /** In place of the algorithms of what was not encrypted. */
  private static final String NONE = "none";

  private final KeyRing keys;
  private final Trust trust;
  private final AlgorithmPolicy policy;
  private final Limits limits;
  private final HeaderRules headerRules;
  private final Decryptor decryptor;
  private final SignedOnly signedOnly;

  private EnvelopeOpener(
      KeyRing keys,
      Trust trust,
      AlgorithmPolicy policy,
      Limits limits,
      HeaderRules headerRules,
      SignedOnly signedOnly) {
    this.keys = keys;
    this.trust = trust;
    this.policy = policy;
    this.limits = limits;
    this.headerRules = headerRules;
    this.signedOnly = signedOnly;
    this.decryptor = new Decryptor(policy, limits, new SecureRandom());
  }

  public static EnvelopeOpener of(
      KeyRing keys, Trust trust, AlgorithmPolicy policy, Limits limits, HeaderRules headerRules) {
    return new EnvelopeOpener(keys, trust, policy, limits, headerRules, SignedOnly.nobody());
  }

  /** With the default limits and header rules. */
  public static EnvelopeOpener of(KeyRing keys, Trust trust, AlgorithmPolicy policy) {
    return of(keys, trust, policy, Limits.defaults(), HeaderRules.defaults());
  }

  /** The same, and these may send what is signed and not encrypted. */
  public EnvelopeOpener accepting(SignedOnly these) {
    return new EnvelopeOpener(keys, trust, policy, limits, headerRules, these);
  }

  /** Where revocation is looked up beside files, to go on with when partners change. */
  public RevocationSource revocationSource() {
    return trust.revocationSource();
  }

  /** Until when what mail is judged by can be used. */
  public List<Deadline> deadlines() {
    List<Deadline> deadlines = new ArrayList<>();
    for (PartnerGroup group : trust.groups()) {
      Stream.of(group.anchors(), group.intermediates())
          .flatMap(List::stream)
          .map(one -> new Deadline(Deadline.Kind.AUTHORITY, one.getNotAfter().toInstant()))
          .forEach(deadlines::add);
      group.crls().stream()
          .flatMap(list -> Optional.ofNullable(list.getNextUpdate()).stream())
          .map(next -> new Deadline(Deadline.Kind.CRL, next.toInstant()))
          .forEach(deadlines::add);
    }
    return deadlines;
  }

  /** The authorities whose word counts. */
  public List<CertificateInUse> certificates() {
    return trust.groups().stream()
        .flatMap(
            group ->
                Stream.of(group.anchors(), group.intermediates())
                    .flatMap(List::stream)
                    .map(
                        one ->
                            new CertificateInUse(
                                Deadline.Kind.AUTHORITY, group.name(), Certificates.sha256(one))))
        .toList();
  }

  /**
   * Opens {@code message}. Never throws, whatever the bytes are.
   *
   * @param message a whole mail, RFC 5322, as it came
   * @param mailbox the mailbox it came in at: only its keys are tried
   * @param now the moment at which certificates and CRLs must hold. Give the moment of receipt, so
   *     that a mail opened again later is judged the same. The signing time is not used: who holds
   *     a stolen key writes it as he likes.
   */
  public Opened open(Bytes message, Address mailbox, Instant now) {
    Optional<Address> claimed = Optional.empty();
    try {
      if (message.length() > limits.messageBytes()) {
        throw Fault.tooLarge("message above " + limits.messageBytes() + " bytes");
      }
      Entity outer = Entity.read(message, limits);
      if (outer.fields().isEmpty()) {
        throw Fault.malformed("no header");
      }
      claimed = Sender.claimed(outer.fields());
      return open(outer, claimed, mailbox, now);
    } catch (Fault fault) {
      return refused(fault, claimed);
    } catch (StackOverflowError | OutOfMemoryError e) {
      return refused(Fault.tooLarge("memory ran out while reading"), claimed);
    } catch (IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException
        | ClassCastException
        | NegativeArraySizeException
        | ArithmeticException
        | NullPointerException
        | ProviderException e) {
      // what parsers of the JDK and BouncyCastle are known to throw at hostile structures
      return refused(Fault.malformed("a parser gave up: " + e.getClass().getSimpleName()), claimed);
    }
  }

  private static Opened refused(Fault fault, Optional<Address> claimed) {
    List<Finding> all = List.of(fault.finding());
    return new Opened.Refused(fault.finding(), fault.detail(), claimed, all);
  }

  private Opened open(Entity outer, Optional<Address> claimed, Address mailbox, Instant now)
      throws Fault {
    Decryptor.Decrypted decrypted;
    try {
      decrypted =
          decryptor.decrypt(
              () -> Encrypted.read(Outside.envelope(outer, limits), policy, limits),
              keys.of(mailbox));
    } catch (Fault fault) {
      if (fault.finding() != Finding.NOT_ENCRYPTED) {
        throw fault;
      }
      Optional<Address> signer = signer(outer, now);
      if (signer.filter(address -> signedOnly.allows(address, outer.fields())).isEmpty()) {
        return new Opened.Refused(
            fault.finding(), fault.detail(), claimed, List.of(fault.finding()), signer);
      }
      decrypted = new Decryptor.Decrypted(asPart(outer), NONE, NONE);
    }
    return judged(outer, claimed, decrypted, now);
  }

  /** What is inside the transport's header: the signed part as it would be inside an envelope. */
  private static Bytes asPart(Entity outer) {
    StringBuilder head = new StringBuilder();
    outer.fields().stream()
        .filter(field -> field.name().toLowerCase(Locale.ROOT).startsWith("content-"))
        .forEach(
            field ->
                head.append(field.name())
                    .append(": ")
                    .append(field.value().strip())
                    .append("\r\n"));
    Bytes start = Bytes.of(head.append("\r\n").toString(), StandardCharsets.ISO_8859_1);
    return new Pieces(List.of(start, outer.body())).joined();
  }

  private Opened judged(
      Entity outer, Optional<Address> claimed, Decryptor.Decrypted decrypted, Instant now)
      throws Fault {
    Bytes inside = decrypted.content();
    Entity root = inside(inside);
    SignedContent signed = SignedContent.read(root, limits);
    SignatureCheck.Verified verified =
        new SignatureCheck(policy, limits).verify(signed, trust.known());
    Optional<Pieces> clear =
        root.contentType().isSignedMultipart()
            ? Optional.empty()
            : ClearSigned.of(
                verified.content(),
                signed.signedData(),
                verified.sha256(),
                verified.signers().get(0).digest());
    Pieces entity = clear.orElseGet(() -> new Pieces(List.of(inside)));
    return new Judgement(outer, claimed, decrypted, entity, verified).make(now);
  }

  /**
   * Whose signature stands on a mail that nobody encrypted; empty when anything is wrong with it.
   */
  private Optional<Address> signer(Entity outer, Instant now) {
    try {
      SignatureCheck.Verified verified =
          new SignatureCheck(policy, limits)
              .verify(SignedContent.read(outer, limits), trust.known());
      Address sender = Sender.strict(outer.fields());
      for (SignatureCheck.SignedBy by : verified.signers()) {
        SignerCheck.Known known =
            new SignerCheck(trust).known(by.certificate(), verified.certificates(), sender, now);
        SignerCheck.checkPurpose(by.certificate());
        SignerCheck.isOrganisations(known, sender);
      }
      return Optional.of(sender);
    } catch (Fault fault) {
      return Optional.empty();
    }
  }

  /**
   * The decrypted entity. Decrypted with a wrong key, CBC now and then yields noise with sound
   * padding; noise has no header, and must look like every other wrong key.
   */
  private Entity inside(Bytes content) throws Fault {
    try {
      return Entity.read(content, limits);
    } catch (Fault fault) {
      throw fault.finding() == Finding.MALFORMED ? Fault.undecryptable() : fault;
    }
  }

  /** From a verified signature to a verdict, collecting what is wrong. */
  private final class Judgement {
    private final Entity outer;
    private final Optional<Address> claimed;
    private final Decryptor.Decrypted decrypted;
    private final Pieces signedEntity;
    private final SignatureCheck.Verified verified;
    private final List<Fault> faults = new ArrayList<>();

    Judgement(
        Entity outer,
        Optional<Address> claimed,
        Decryptor.Decrypted decrypted,
        Pieces signedEntity,
        SignatureCheck.Verified verified) {
      this.outer = outer;
      this.claimed = claimed;
      this.decrypted = decrypted;
      this.signedEntity = signedEntity;
      this.verified = verified;
    }

    Opened make(Instant now) throws Fault {
      Entity content = Entity.read(verified.content(), limits);
      ProtectedHeader header = ProtectedHeader.of(content, outer.fields(), limits);
      Address sender = sender(header);
      List<SignerCheck.Known> known = new ArrayList<>();
      boolean organisation = false;
      for (SignatureCheck.SignedBy by : verified.signers()) {
        organisation |= judge(by.certificate(), sender, now, known);
      }
      attempt(() -> header.compare(outer.fields(), headerRules));
      attempt(() -> PartCount.check(content, limits));
      if (!faults.isEmpty()) {
        return refusal(sender);
      }
      return trusted(sender, known.get(0), organisation, header);
    }

    /** The sender that counts; when nobody can be made out, the claimed one, and a fault. */
    private Address sender(ProtectedHeader header) throws Fault {
      try {
        Address sender = Sender.strict(header.fields());
        attempt(() -> Sender.strict(outer.fields()));
        return sender;
      } catch (Fault fault) {
        Address fallback = claimed.orElseThrow(() -> fault);
        faults.add(fault);
        return fallback;
      }
    }

    private boolean judge(
        X509Certificate certificate, Address sender, Instant now, List<SignerCheck.Known> known) {
      boolean[] organisation = {false};
      attempt(
          () -> {
            List<X509Certificate> along = verified.certificates();
            known.add(new SignerCheck(trust).known(certificate, along, sender, now));
          });
      attempt(() -> SignerCheck.checkPurpose(certificate));
      if (!known.isEmpty()) {
        SignerCheck.Known last = known.get(known.size() - 1);
        attempt(() -> organisation[0] = SignerCheck.isOrganisations(last, sender));
      }
      return organisation[0];
    }

    private interface Check {
      void run() throws Fault;
    }

    private void attempt(Check check) {
      try {
        check.run();
      } catch (Fault fault) {
        faults.add(fault);
      }
    }

    /** The first finding in the order of the list, whatever the order they were made in. */
    private Opened refusal(Address sender) {
      faults.sort(Comparator.comparing(Fault::finding));
      Fault first = faults.get(0);
      List<Finding> all = faults.stream().map(Fault::finding).distinct().toList();
      // sender() gives the protected From; a fault of his certificate would be in the list
      boolean header = all.equals(List.of(Finding.HEADER_MISMATCH));
      return new Opened.Refused(
          first.finding(),
          first.detail(),
          claimed,
          all,
          header ? Optional.of(sender) : Optional.empty());
    }

    private Opened trusted(
        Address sender, SignerCheck.Known known, boolean organisation, ProtectedHeader header) {
      X509Certificate certificate = known.certificate();
      SignatureCheck.SignedBy by = verified.signers().get(0);
      Signer signer =
          new Signer(
              sender,
              Certificates.name(certificate),
              Certificates.sha256(certificate),
              certificate.getIssuerX500Principal().getName(),
              certificate.getNotAfter().toInstant(),
              known.answer().group().name(),
              organisation,
              known.answer().path().path().stream()
                  .map(c -> c.getSubjectX500Principal().getName())
                  .toList(),
              by.signingTime(),
              certificate);
      Algorithms algorithms =
          new Algorithms(
              decrypted.cipher(), decrypted.keyEncryption(), by.scheme().name(), by.digest());
      VerifiedContent content =
          new VerifiedContent(
              header.entity(),
              signedEntity.pieces(),
              header.fields(),
              header.protection(),
              Certificates.hex(verified.sha256()));
      List<Finding> remarks = new ArrayList<>(known.answer().remarks());
      if (decrypted.cipher().equals(NONE)) {
        remarks.add(Finding.NOT_ENCRYPTED);
      }
      return new Opened.Trusted(signer, content, remarks, algorithms);
    }
  }
}
