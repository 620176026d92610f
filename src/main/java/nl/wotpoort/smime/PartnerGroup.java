package nl.wotpoort.smime;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import nl.wotpoort.letter.Address;

/**
 * Senders that are trusted by the same anchors: for instance all GPs. Immutable; {@link #of} gives
 * a strict one, the {@code with…} methods change it.
 *
 * @param name as the administrator calls it
 * @param anchors every valid path ends at one of these
 * @param intermediates help to build paths; not trusted
 * @param crls where withdrawal is looked up; nothing else is asked
 * @param vouchesFor addresses ({@code a@b.nl}) and domains ({@code b.nl}, without sub-domains) that
 *     may sign under these anchors; empty means all
 * @param organisations certificates that stand for a whole domain
 * @param subjectEmail whether the subject's emailAddress counts where the certificate has no
 *     rfc822Name
 * @param whenUnknown what revocation-unknown does
 */
public record PartnerGroup(
    String name,
    List<X509Certificate> anchors,
    List<X509Certificate> intermediates,
    List<X509CRL> crls,
    Set<String> vouchesFor,
    Set<Organisation> organisations,
    SubjectEmail subjectEmail,
    WhenUnknown whenUnknown) {

  /** The certificate with {@code certificateAddress} signs for everybody in {@code domain}. */
  public record Organisation(String domain, Address certificateAddress) {
    public Organisation {
      domain = domain.toLowerCase(Locale.ROOT);
    }
  }

  /** IGNORED is the default: RFC 5280 §4.1.2.6 calls the attribute legacy. */
  public enum SubjectEmail {
    IGNORED,
    ACCEPTED
  }

  /**
   * HOLD refuses as revocation-unknown. ACCEPT lets pass, with a remark, only while the group has
   * no CRL at all: where there are CRLs, one that is missing or stale is a fault to mend.
   */
  public enum WhenUnknown {
    HOLD,
    ACCEPT
  }

  public PartnerGroup {
    anchors = List.copyOf(anchors);
    intermediates = List.copyOf(intermediates);
    crls = List.copyOf(crls);
    vouchesFor =
        vouchesFor.stream()
            .map(s -> s.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    organisations = Set.copyOf(organisations);
  }

  public static PartnerGroup of(
      String name,
      List<X509Certificate> anchors,
      List<X509Certificate> intermediates,
      List<X509CRL> crls) {
    return new PartnerGroup(
        name,
        anchors,
        intermediates,
        crls,
        Set.of(),
        Set.of(),
        SubjectEmail.IGNORED,
        WhenUnknown.HOLD);
  }

  public PartnerGroup vouchingFor(Set<String> addressesAndDomains) {
    return new PartnerGroup(
        name,
        anchors,
        intermediates,
        crls,
        addressesAndDomains,
        organisations,
        subjectEmail,
        whenUnknown);
  }

  public PartnerGroup withOrganisations(Set<Organisation> others) {
    return new PartnerGroup(
        name, anchors, intermediates, crls, vouchesFor, others, subjectEmail, whenUnknown);
  }

  public PartnerGroup with(SubjectEmail email) {
    return new PartnerGroup(
        name, anchors, intermediates, crls, vouchesFor, organisations, email, whenUnknown);
  }

  public PartnerGroup with(WhenUnknown unknown) {
    return new PartnerGroup(
        name, anchors, intermediates, crls, vouchesFor, organisations, subjectEmail, unknown);
  }

  /** Whether a path to this group's anchors may speak for {@code sender}. */
  public boolean vouchesFor(Address sender) {
    return vouchesFor.isEmpty()
        || vouchesFor.contains(sender.toString())
        || vouchesFor.contains(sender.domain());
  }

  /** Anchors of certs-sample/. */
  public boolean isSample() {
    return anchors.stream().anyMatch(Certificates::isSample);
  }
}
