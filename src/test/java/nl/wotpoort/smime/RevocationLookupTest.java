package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ocsp.CertStatus;
import org.bouncycastle.asn1.ocsp.OCSPRequest;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.junit.jupiter.api.Test;

/** Who is asked, in which order, and which of several answers counts. */
class RevocationLookupTest {

  private static final String VALID = "valid";
  private static final String UNKNOWN = "revocation-unknown";
  private static final String REVOKED = "signer-revoked";
  private static final Instant NOW = TestCa.NOW;
  private static final Instant HOUR_AGO = NOW.minus(Duration.ofHours(1));
  private static final Instant BEFORE = NOW.minus(Duration.ofHours(3));

  private static final TestCa ROOT = TestCa.root("Root");
  private static final X509Certificate LEAF =
      ROOT.leaf("a", listAt("http://list/"), answersAt("http://ocsp/"));
  private static final X509Certificate ASKED_ONLY = ROOT.leaf("b", answersAt("http://ocsp/"));

  private static GeneralNames address(String uri) {
    return new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
  }

  private static TestCa.Ext listAt(String uri) {
    DistributionPoint point =
        new DistributionPoint(new DistributionPointName(address(uri)), null, null);
    return TestCa.ext(
        Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {point}));
  }

  private static TestCa.Ext answersAt(String uri) {
    return TestCa.ext(
        Extension.authorityInfoAccess,
        false,
        new AuthorityInformationAccess(AccessDescription.id_ad_ocsp, address(uri).getNames()[0]));
  }

  /** What lies at which address; keeps what it was asked. */
  private static final class Shelf implements RevocationSource {
    private final Map<String, List<X509CRL>> lists = new HashMap<>();
    private final Map<String, List<byte[]>> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    Shelf list(String address, X509CRL list) {
      lists.put(address, List.of(list));
      return this;
    }

    Shelf answers(String address, byte[]... given) {
      answers.put(address, List.of(given));
      return this;
    }

    @Override
    public long version() {
      return 1;
    }

    @Override
    public List<X509CRL> crls(List<String> addresses) {
      asked.add("lists " + String.join(" ", addresses));
      return at(lists, addresses);
    }

    @Override
    public List<byte[]> ocsp(List<String> addresses, byte[] request) {
      asked.add("answers " + String.join(" ", addresses));
      assertThat(OCSPRequest.getInstance(request).getTbsRequest().getRequestList()).hasSize(1);
      return at(answers, addresses);
    }

    private static <T> List<T> at(Map<String, List<T>> shelf, List<String> addresses) {
      return addresses.stream().flatMap(a -> shelf.getOrDefault(a, List.of()).stream()).toList();
    }

    RevocationLookup following() {
      return new RevocationLookup(this, List.of(), List.of(), RevocationLookup.Named.FOLLOWED);
    }
  }

  private static PathResult result(X509Certificate leaf, RevocationLookup lookup, X509CRL... own) {
    return new PathValidator()
        .validate(
            PathRequest.of(List.of(leaf), List.of(ROOT.certificate), List.of(own), NOW)
                .withLookup(lookup));
  }

  private static String verdict(PathResult result) {
    return result.finding().map(Finding::code).orElse(VALID);
  }

  private static byte[] says(X509Certificate about, CertStatus said, Instant from) {
    return OcspReply.of(about, ROOT, ROOT).says(said, from).bytes();
  }

  @Test
  void listsOfTheSettingsAreLookedInFirst() {
    Shelf shelf = new Shelf().list("http://ours/", ROOT.crl(1).sign());
    RevocationLookup ours =
        new RevocationLookup(
            shelf, List.of("http://ours/"), List.of(), RevocationLookup.Named.FOLLOWED);
    assertThat(verdict(result(LEAF, ours))).isEqualTo(VALID);
    assertThat(shelf.asked).containsExactly("lists http://ours/");
  }

  @Test
  void nobodyIsAskedWithoutNeed() {
    Shelf shelf = new Shelf();
    RevocationLookup nobody =
        new RevocationLookup(shelf, List.of(), List.of(), RevocationLookup.Named.IGNORED);
    assertThat(verdict(result(LEAF, nobody))).isEqualTo(UNKNOWN);
    assertThat(verdict(result(LEAF, shelf.following(), ROOT.crl(1).sign()))).isEqualTo(VALID);
    assertThat(verdict(result(ROOT.leaf("c"), shelf.following()))).isEqualTo(UNKNOWN);
    assertThat(shelf.asked).isEmpty();
  }

  @Test
  void aListThatCoversItSparesTheQuestion() {
    Shelf shelf =
        new Shelf()
            .list("http://list/", ROOT.crl(1).sign())
            .answers("http://ocsp/", says(LEAF, OcspReply.revoked(), HOUR_AGO));
    assertThat(verdict(result(LEAF, shelf.following()))).isEqualTo(VALID);
    assertThat(shelf.asked).containsExactly("lists http://list/");
  }

  @Test
  void withoutAListTheResponderIsAsked() {
    Shelf shelf = new Shelf().answers("http://ocsp/", says(LEAF, OcspReply.good(), HOUR_AGO));
    PathResult result = result(LEAF, shelf.following());
    assertThat(verdict(result)).isEqualTo(VALID);
    assertThat(result.validFrom()).isEqualTo(HOUR_AGO.minus(Duration.ofMinutes(5)));
    assertThat(result.validUntil()).isEqualTo(HOUR_AGO.plus(Duration.ofDays(1)));
    assertThat(shelf.asked).containsExactly("lists http://list/", "answers http://ocsp/");
    shelf.asked.clear();
    assertThat(verdict(result(ASKED_ONLY, shelf.following()))).isEqualTo(UNKNOWN);
    assertThat(shelf.asked).containsExactly("answers http://ocsp/");
  }

  @Test
  void respondersOfTheSettingsComeBeforeThoseOfTheCertificate() {
    Shelf shelf = new Shelf().answers("http://ours/", says(LEAF, OcspReply.good(), HOUR_AGO));
    for (RevocationLookup.Named named : RevocationLookup.Named.values()) {
      RevocationLookup lookup =
          new RevocationLookup(shelf, List.of(), List.of("http://ours/"), named);
      assertThat(verdict(result(LEAF, lookup))).isEqualTo(VALID);
    }
    assertThat(shelf.asked)
        .containsExactly(
            "lists http://list/", "answers http://ours/ http://ocsp/", "answers http://ours/");
  }

  /** An old answer that still holds, put in on the way, does not hide a revocation. */
  @Test
  void ofSeveralAnswersTheLastOneCounts() {
    byte[] oldGood = says(LEAF, OcspReply.good(), BEFORE);
    byte[] newGood = says(LEAF, OcspReply.good(), HOUR_AGO);
    byte[] oldRevoked = says(LEAF, OcspReply.revoked(), BEFORE);
    byte[] newRevoked = says(LEAF, OcspReply.revoked(), HOUR_AGO);
    assertThat(ofAnswers(oldGood, newRevoked)).isEqualTo(REVOKED);
    assertThat(ofAnswers(newRevoked, oldGood)).isEqualTo(REVOKED);
    assertThat(ofAnswers(oldRevoked, newGood)).isEqualTo(VALID);
    assertThat(ofAnswers(newGood, oldRevoked)).isEqualTo(VALID);
    assertThat(ofAnswers(newGood, newRevoked)).isEqualTo(REVOKED);
    assertThat(ofAnswers(new byte[0], newGood)).isEqualTo(VALID);
    assertThat(ofAnswers(newRevoked, new byte[0])).isEqualTo(REVOKED);
  }

  private static String ofAnswers(byte[]... answers) {
    return verdict(result(LEAF, new Shelf().answers("http://ocsp/", answers).following()));
  }

  @Test
  void whyItIsNotKnown() {
    Shelf shelf = new Shelf().answers("http://ocsp/", says(LEAF, OcspReply.unknown(), HOUR_AGO));
    assertThat(result(LEAF, shelf.following()).detail())
        .isEqualTo("the responder does not know the certificate");
    assertThat(result(LEAF, RevocationLookup.NONE).detail()).isEqualTo("no current CRL covers it");
    assertThat(result(LEAF, RevocationLookup.NONE, partly().sign()).detail())
        .isEqualTo("CRLs cover not every reason");
  }

  /** About compromised keys alone. */
  private static TestCa.Crl partly() {
    return ROOT.crl(1)
        .with(
            Extension.issuingDistributionPoint,
            true,
            new IssuingDistributionPoint(
                null,
                false,
                false,
                new ReasonFlags(ReasonFlags.keyCompromise | ReasonFlags.cACompromise),
                false,
                false));
  }

  @Test
  void aResponderThatAListAtHandNames() {
    TestCa responder =
        ROOT.helper(
            "Responder",
            KeyUsage.digitalSignature,
            TestCa.ext(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning)));
    byte[] answer = OcspReply.of(LEAF, ROOT, responder).along(responder.certificate).bytes();
    RevocationLookup lookup = new Shelf().answers("http://ocsp/", answer).following();
    X509CRL listing = partly().revoking(responder.certificate, CRLReason.keyCompromise).sign();
    assertThat(verdict(result(LEAF, lookup, partly().sign()))).isEqualTo(VALID);
    assertThat(verdict(result(LEAF, lookup, listing))).isEqualTo(UNKNOWN);
  }

  /** What vouches for a list is never looked for at addresses. */
  @Test
  void theAddressesOfAListsSignerAreNotAsked() {
    TestCa ca = ROOT.authority("CA");
    TestCa signer = ROOT.helper("CA", KeyUsage.cRLSign, answersAt("http://signer/"));
    Shelf shelf =
        new Shelf().answers("http://signer/", says(signer.certificate, OcspReply.good(), HOUR_AGO));
    X509CRL authorities =
        ROOT.crl(1)
            .with(
                Extension.issuingDistributionPoint,
                true,
                new IssuingDistributionPoint(null, false, true, null, false, false))
            .sign();
    PathRequest request =
        PathRequest.of(
                List.of(ca.leaf("a"), ca.certificate),
                List.of(ROOT.certificate),
                List.of(authorities, ca.crl(1).signBy(signer.keys)),
                NOW)
            .withOthers(List.of(signer.certificate))
            .withLookup(shelf.following());
    assertThat(verdict(new PathValidator().validate(request))).isEqualTo(UNKNOWN);
    assertThat(shelf.asked).isEmpty();
  }

  /** The authority was asked about already; its helper's own list is all there is on the helper. */
  @Test
  void theAuthoritysHelperSignsItsLists() {
    TestCa ca = ROOT.authority("CA", answersAt("http://ocsp/"));
    TestCa helper = ca.helper("CA", KeyUsage.cRLSign);
    Shelf shelf =
        new Shelf().answers("http://ocsp/", says(ca.certificate, OcspReply.good(), HOUR_AGO));
    PathRequest request =
        PathRequest.of(
                List.of(ca.leaf("a"), ca.certificate),
                List.of(ROOT.certificate),
                List.of(ca.crl(1).signBy(helper.keys)),
                NOW)
            .withOthers(List.of(helper.certificate))
            .withLookup(shelf.following());
    PathResult result = new PathValidator().validate(request);
    assertThat(result.finding()).isEqualTo(Optional.empty());
    assertThat(shelf.asked).containsExactly("answers http://ocsp/");
  }
}
