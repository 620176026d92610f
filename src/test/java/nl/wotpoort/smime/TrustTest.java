package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

/** Which group may vouch for whom, and by which certificate. */
class TrustTest {

  private static final Address OTHER = Address.of("d.jansen@praktijk-delinde.example");

  private static Opened open(Trust trust, Bytes mail) {
    return EnvelopeOpener.of(SamplePki.ring("gateway"), trust, AlgorithmPolicy.defaults())
        .open(mail, SamplePki.OOST, SamplePki.NOW);
  }

  private static String verdict(Trust trust, Bytes mail) {
    return open(trust, mail).fold(t -> "ACCEPT " + t.remarks(), r -> r.finding().code());
  }

  /** A mail From {@code from}, signed with the key of {@code signer}. */
  private static Bytes mail(Address from, String signer) throws CannotSeal {
    EnvelopeSealer sealer =
        EnvelopeSealer.of(
            KeyRing.of(Map.of(from, SamplePki.keys(signer))),
            SamplePki.book("gateway"),
            AlgorithmPolicy.defaults(),
            Limits.defaults(),
            new SecureRandom());
    String inner = Forge.crlf("From: " + from + "\nTo: oost@wotschiedam.nl\n\nhallo\n");
    return sealer.seal(
        Bytes.of(inner, StandardCharsets.UTF_8),
        OuterHead.of(from, SamplePki.OOST, SamplePki.NOW, "<3@x.example>", "[...]"),
        from,
        Recipient.of(SamplePki.OOST),
        SamplePki.NOW);
  }

  @Test
  void groupThatMayNotVouchForTheDomain() throws CannotSeal {
    PartnerGroup elsewhere = SamplePki.gps().vouchingFor(Set.of("praktijk-maasoever.example"));
    assertThat(verdict(SamplePki.trust(elsewhere), mail(SamplePki.GP, "gp/a.devries")))
        .isEqualTo("signer-untrusted");
  }

  @Test
  void groupThatVouchesForTheAddressOnly() throws CannotSeal {
    PartnerGroup one = SamplePki.gps().vouchingFor(Set.of(SamplePki.GP.toString()));
    assertThat(verdict(SamplePki.trust(one), mail(SamplePki.GP, "gp/a.devries")))
        .isEqualTo("ACCEPT []");
  }

  @Test
  void otherGroupsAnchorDoesNotHelp() throws CannotSeal {
    assertThat(verdict(SamplePki.trust(SamplePki.wot()), mail(SamplePki.GP, "gp/a.devries")))
        .isEqualTo("signer-untrusted");
    assertThat(verdict(SamplePki.trust(), mail(SamplePki.GP, "gp/a.devries")))
        .isEqualTo("signer-untrusted");
  }

  @Test
  void organisationCertificateStandsForItsDomain() throws CannotSeal {
    Address practice = Address.of("praktijk@praktijk-delinde.example");
    PartnerGroup.Organisation organisation =
        new PartnerGroup.Organisation("praktijk-delinde.example", practice);
    Trust with = SamplePki.trust(SamplePki.gps().withOrganisations(Set.of(organisation)));
    Trust without = SamplePki.trust(SamplePki.gps());

    assertThat(verdict(without, mail(OTHER, "gp/praktijk"))).isEqualTo("signer-mismatch");
    Opened.Trusted trusted = SealAndOpenTest.trusted(open(with, mail(OTHER, "gp/praktijk")));
    assertThat(trusted.signer().organisation()).isTrue();
    assertThat(trusted.signer().address()).isEqualTo(OTHER);
    assertThat(verdict(with, mail(OTHER, "gp/a.devries"))).isEqualTo("signer-mismatch");
    Address outside = Address.of("x@praktijk-maasoever.example");
    assertThat(verdict(with, mail(outside, "gp/praktijk"))).isEqualTo("signer-mismatch");
  }

  @Test
  void withoutCrlsTheSettingDecides() throws CannotSeal {
    PartnerGroup noCrls =
        PartnerGroup.of(
            "huisartsen", SamplePki.gps().anchors(), SamplePki.gps().intermediates(), List.of());
    Bytes mail = mail(SamplePki.GP, "gp/a.devries");
    assertThat(verdict(SamplePki.trust(noCrls), mail)).isEqualTo("revocation-unknown");
    assertThat(verdict(SamplePki.trust(noCrls.with(PartnerGroup.WhenUnknown.ACCEPT)), mail))
        .isEqualTo("ACCEPT [REVOCATION_UNKNOWN]");
  }

  @Test
  void acceptingUnknownDoesNotExcuseAMissingCrlAmongOthers() throws CannotSeal {
    PartnerGroup half =
        PartnerGroup.of(
                "huisartsen",
                SamplePki.gps().anchors(),
                SamplePki.gps().intermediates(),
                List.of(SamplePki.crl("ca/zorg-root")))
            .with(PartnerGroup.WhenUnknown.ACCEPT);
    assertThat(verdict(SamplePki.trust(half), mail(SamplePki.GP, "gp/a.devries")))
        .isEqualTo("revocation-unknown");
  }

  @Test
  void cachedPathEndsWithTheFirstThatEnds() {
    TestCa root = TestCa.root("Root");
    X509Certificate leaf = root.leaf("a");
    PartnerGroup group =
        PartnerGroup.of("g", List.of(root.certificate), List.of(), List.of(root.crl(1).sign()));
    Trust trust = SamplePki.trust(group);

    assertThat(trust.path(leaf, List.of(), SamplePki.NOW).orElseThrow().isValid()).isTrue();
    PathResult later =
        trust.path(leaf, List.of(), SamplePki.NOW.plus(Duration.ofDays(2))).orElseThrow();
    assertThat(later.finding()).contains(Finding.REVOCATION_UNKNOWN);
    PathResult muchLater =
        trust.path(leaf, List.of(), SamplePki.NOW.plus(Duration.ofDays(500))).orElseThrow();
    assertThat(muchLater.finding()).contains(Finding.SIGNER_EXPIRED);
  }

  @Test
  void subjectEmailIsReadFromTheSubject() {
    TestCa root = TestCa.root("Root");
    String dn = "a,1.2.840.113549.1.9.1=#160b6140622e6578616d706c65";
    X509Certificate leaf = root.leaf(dn);
    assertThat(Certificates.addresses(leaf)).isEmpty();
    assertThat(Certificates.subjectAddresses(leaf)).containsExactly(Address.of("a@b.example"));
  }

  /** What a certificate says of its owner's address, and whether it stands for {@code sender}. */
  private static String whose(
      Function<PartnerGroup, PartnerGroup> allowing, String sender, String dn, String... names) {
    TestCa root = TestCa.root("Root");
    TestCa.Ext[] alternatives =
        Stream.of(names)
            .map(name -> new GeneralName(GeneralName.rfc822Name, name))
            .map(
                name -> TestCa.ext(Extension.subjectAlternativeName, false, new GeneralNames(name)))
            .toArray(TestCa.Ext[]::new);
    X509Certificate leaf = root.leaf(dn, alternatives);
    PartnerGroup group =
        allowing.apply(
            PartnerGroup.of(
                "g", List.of(root.certificate), List.of(), List.of(root.crl(1).sign())));
    Address address = Address.of(sender);
    try {
      SignerCheck.Known known =
          new SignerCheck(SamplePki.trust(group)).known(leaf, List.of(), address, SamplePki.NOW);
      return SignerCheck.isOrganisations(known, address) ? "organisation" : "own";
    } catch (Fault fault) {
      return fault.finding().code();
    }
  }

  private static String whose(String sender, String dn, String... names) {
    return whose(group -> group, sender, dn, names);
  }

  @Test
  void addressesAreComparedAsAddresses() {
    String address = "a@b.example";
    assertThat(whose(address, "x", "A@B.Example")).isEqualTo("own");
    for (String other :
        List.of(
            "a@b.example\0.evil.example",
            "a@b.example.evil.example",
            "a@sub.b.example",
            "aa@b.example",
            "a@b.exampl",
            "@b.example",
            "b.example",
            " a@b.example",
            "a@b.example ",
            "A. <a@b.example>",
            "a@b.example,c@d.example")) {
      assertThat(whose(address, "x", other)).as(other).isEqualTo("signer-mismatch");
    }
    assertThat(whose("a@sub.b.example", "x", address)).isEqualTo("signer-mismatch");
  }

  /** The subject's emailAddress: only where the setting says so, and never beside another. */
  @Test
  void subjectEmailCountsOnlyWhereItIsAccepted() {
    String dn = "a,1.2.840.113549.1.9.1=#160b6140622e6578616d706c65";
    Function<PartnerGroup, PartnerGroup> accepting =
        group -> group.with(PartnerGroup.SubjectEmail.ACCEPTED);
    assertThat(whose("a@b.example", dn)).isEqualTo("signer-mismatch");
    assertThat(whose(accepting, "a@b.example", dn)).isEqualTo("own");
    assertThat(whose(accepting, "a@b.example", dn, "c@d.example")).isEqualTo("signer-mismatch");
    assertThat(whose(accepting, "a@b.example", "a@b.example")).isEqualTo("signer-mismatch");
  }

  @Test
  void organisationsDomainIsThatDomainAlone() {
    Function<PartnerGroup, PartnerGroup> practice =
        group ->
            group.withOrganisations(
                Set.of(new PartnerGroup.Organisation("b.example", Address.of("post@b.example"))));
    assertThat(whose(practice, "a@b.example", "x", "post@b.example")).isEqualTo("organisation");
    for (String sender : List.of("a@sub.b.example", "a@bb.example", "a@b.example.evil.example")) {
      assertThat(whose(practice, sender, "x", "post@b.example"))
          .as(sender)
          .isEqualTo("signer-mismatch");
    }
    assertThat(whose(practice, "a@b.example", "x", "other@b.example")).isEqualTo("signer-mismatch");
  }

  /** Its own address is the organisation's as well, in its own domain. */
  @Test
  void organisationWritesItself() {
    Address post = Address.of("post@b.example");
    for (String domain : List.of("b.example", "c.example")) {
      Function<PartnerGroup, PartnerGroup> practice =
          group -> group.withOrganisations(Set.of(new PartnerGroup.Organisation(domain, post)));
      String itself = domain.equals("b.example") ? "organisation" : "own";
      assertThat(whose(practice, "post@b.example", "x", "post@b.example")).isEqualTo(itself);
      assertThat(whose(practice, "a@b.example", "x", "a@b.example")).isEqualTo("own");
      assertThat(
              whose(
                  practice.andThen(g -> g.vouchingFor(Set.of("d.example"))),
                  "a@b.example",
                  "x",
                  "post@b.example"))
          .isEqualTo(domain.equals("b.example") ? "signer-untrusted" : "signer-mismatch");
    }
  }

  /** Of the groups with a valid path the one that may vouch for the sender counts. */
  @Test
  void groupThatCountsIsTheOneThatVouches() throws Fault {
    TestCa root = TestCa.root("Root");
    X509Certificate leaf = root.leaf("x");
    PartnerGroup any =
        PartnerGroup.of("any", List.of(root.certificate), List.of(), List.of(root.crl(1).sign()));
    PartnerGroup elsewhere = any.vouchingFor(Set.of("c.example"));
    PartnerGroup here = named("here", any).vouchingFor(Set.of("b.example"));
    PartnerGroup unchained = named("unchained", SamplePki.gps()).vouchingFor(Set.of("b.example"));
    assertThat(groupOf(leaf, elsewhere, here)).isEqualTo("here");
    assertThat(groupOf(leaf, here, elsewhere)).isEqualTo("here");
    assertThat(groupOf(leaf, elsewhere, unchained)).isEqualTo("any");
    assertThat(groupOf(leaf, unchained, here)).isEqualTo("here");
  }

  private static PartnerGroup named(String name, PartnerGroup like) {
    return PartnerGroup.of(name, like.anchors(), like.intermediates(), like.crls());
  }

  private static String groupOf(X509Certificate leaf, PartnerGroup... groups) throws Fault {
    return new SignerCheck(SamplePki.trust(groups))
        .known(leaf, List.of(), Address.of("a@b.example"), SamplePki.NOW)
        .answer()
        .group()
        .name();
  }

  @Test
  void authorityThatIsNotForMail() {
    assertThat(purpose()).isEqualTo("valid");
    assertThat(purpose(KeyPurposeId.id_kp_emailProtection)).isEqualTo("valid");
    assertThat(purpose(KeyPurposeId.anyExtendedKeyUsage)).isEqualTo("valid");
    assertThat(purpose(KeyPurposeId.id_kp_serverAuth)).isEqualTo("key-usage");
  }

  private static String purpose(KeyPurposeId... usages) {
    TestCa root = TestCa.root("Root");
    TestCa ca =
        usages.length == 0
            ? root.authority("CA")
            : root.authority(
                "CA", TestCa.ext(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(usages)));
    PartnerGroup group =
        PartnerGroup.of(
            "g",
            List.of(root.certificate),
            List.of(ca.certificate),
            List.of(root.crl(1).sign(), ca.crl(1).sign()));
    try {
      new SignerCheck(SamplePki.trust(group)).known(ca.leaf("a"), List.of(), OTHER, SamplePki.NOW);
      return "valid";
    } catch (Fault fault) {
      return fault.finding().code();
    }
  }

  @Test
  void samplesAreKnownAsSamples() {
    assertThat(SamplePki.gps().isSample()).isTrue();
    assertThat(SamplePki.ring("gateway").samples()).isNotEmpty();
    assertThat(SamplePki.book("gp").hasSample()).isTrue();
    assertThat(Certificates.isSample(TestCa.root("Root").certificate)).isFalse();
  }

  /** A list that comes in while a path is validated with the one before it. */
  @Test
  void aListThatComesInMeanwhileCountsForTheNextMail() {
    TestCa root = TestCa.root("Root");
    X509Certificate leaf = root.leaf("a");
    X509CRL before = root.crl(1).sign();
    X509CRL after = root.crl(2).revoking(leaf, CRLReason.keyCompromise).sign();
    AtomicReference<X509CRL> now = new AtomicReference<>(before);
    AtomicReference<Trust> trust = new AtomicReference<>();
    RevocationSource source =
        new RevocationSource() {
          @Override
          public long version() {
            return now.get().equals(before) ? 1 : 2;
          }

          @Override
          public List<X509CRL> crls(List<String> addresses) {
            X509CRL given = now.getAndSet(after);
            // another mail's question, at this moment
            assertThat(trust.get().known(leaf, OTHER, TestCa.NOW)).isEmpty();
            return List.of(given);
          }

          @Override
          public List<byte[]> ocsp(List<String> addresses, byte[] request) {
            return List.of();
          }
        };
    PartnerGroup group = PartnerGroup.of("g", List.of(root.certificate), List.of(), List.of());
    RevocationLookup lookup =
        new RevocationLookup(
            source, List.of("http://list/"), List.of(), RevocationLookup.Named.IGNORED);
    trust.set(
        Trust.of(
            List.of(group), AlgorithmPolicy.defaults(), Limits.defaults(), Map.of("g", lookup)));
    assertThat(trust.get().path(leaf, List.of(), TestCa.NOW)).get().matches(PathResult::isValid);
    assertThat(trust.get().path(leaf, List.of(), TestCa.NOW).flatMap(PathResult::finding))
        .contains(Finding.SIGNER_REVOKED);
  }
}
