package nl.wotpoort.smime;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Address;

/**
 * Whether a certificate that signed is trusted for the sender: path, purpose, and whose it is. All
 * findings are kept, the path's first.
 */
final class SignerCheck {

  private final Trust trust;

  SignerCheck(Trust trust) {
    this.trust = trust;
  }

  /** A path and the group it holds for; not yet whose certificate it is. */
  record Known(Trust.Answer answer, X509Certificate certificate) {}

  /** Throws when no group has a valid path, or the certificate is not for signing mail. */
  Known known(X509Certificate certificate, List<X509Certificate> along, Address sender, Instant at)
      throws Fault {
    Optional<Trust.Answer> seenBefore = trust.known(certificate, sender, at);
    Trust.Answer best =
        seenBefore.isPresent() ? seenBefore.get() : best(certificate, along, sender, at);
    if (best.path().finding().isPresent()) {
      throw new Fault(best.path().finding().get(), best.path().detail());
    }
    requireMailAuthorities(best.path().path());
    return new Known(best, certificate);
  }

  private Trust.Answer best(
      X509Certificate certificate, List<X509Certificate> along, Address sender, Instant at)
      throws Fault {
    List<Trust.Answer> answers = trust.judge(certificate, along, at);
    if (answers.isEmpty()) {
      throw new Fault(Finding.SIGNER_UNTRUSTED, "no partner group is set up");
    }
    return answers.stream()
        .filter(a -> a.path().isValid() && a.group().vouchesFor(sender))
        .findFirst()
        .orElse(answers.get(0));
  }

  /** As OpenSSL and the CA/Browser Forum read it: what an authority is not for, it cannot give. */
  private static void requireMailAuthorities(List<X509Certificate> path) throws Fault {
    for (X509Certificate authority : path.subList(1, path.size() - 1)) {
      if (!Certificates.mayCertifyMail(authority)) {
        throw new Fault(Finding.KEY_USAGE, "an authority of the path is not for mail");
      }
    }
  }

  static void checkPurpose(X509Certificate certificate) throws Fault {
    if (!Certificates.maySign(certificate)) {
      throw new Fault(Finding.KEY_USAGE, "the certificate is not for signing mail");
    }
  }

  /** Whether the certificate is the sender's or his organisation's; true when the latter. */
  static boolean isOrganisations(Known known, Address sender) throws Fault {
    PartnerGroup group = known.answer().group();
    List<Address> addresses = addresses(known.certificate(), group);
    if (addresses.contains(sender)) {
      requireVouching(group, sender);
      return group.organisations().stream()
          .anyMatch(o -> sender.isIn(o.domain()) && o.certificateAddress().equals(sender));
    }
    boolean standsFor =
        group.organisations().stream()
            .anyMatch(o -> sender.isIn(o.domain()) && addresses.contains(o.certificateAddress()));
    if (!standsFor) {
      throw new Fault(Finding.SIGNER_MISMATCH, "From is not an address of the certificate");
    }
    requireVouching(group, sender);
    return true;
  }

  private static void requireVouching(PartnerGroup group, Address sender) throws Fault {
    if (!group.vouchesFor(sender)) {
      throw new Fault(
          Finding.SIGNER_UNTRUSTED, "the path ends in a group that may not vouch for this sender");
    }
  }

  private static List<Address> addresses(X509Certificate certificate, PartnerGroup group) {
    boolean bySubject =
        group.subjectEmail() == PartnerGroup.SubjectEmail.ACCEPTED
            && Certificates.rfc822Names(certificate).isEmpty();
    return bySubject
        ? Certificates.subjectAddresses(certificate)
        : Certificates.addresses(certificate);
  }
}
