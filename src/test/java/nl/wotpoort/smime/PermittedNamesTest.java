package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;

/** RFC 5280 §4.2.1.10: kinds of names, and names that are none. */
class PermittedNamesTest {

  private static final String VALID = "valid";
  private static final String UNTRUSTED = "signer-untrusted";
  private static final TestCa ROOT = TestCa.root("Root");

  private static GeneralName mail(String address) {
    return new GeneralName(GeneralName.rfc822Name, address);
  }

  private static GeneralName uri(String uri) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, uri);
  }

  private static GeneralName registered(String oid) {
    return new GeneralName(GeneralName.registeredID, oid);
  }

  private static TestCa.Ext named(GeneralName... names) {
    return TestCa.ext(Extension.subjectAlternativeName, true, new GeneralNames(names));
  }

  private static X509Certificate permitting(GeneralName name) {
    GeneralSubtree[] one = {new GeneralSubtree(name)};
    return constrained(new NameConstraints(one, null));
  }

  private static X509Certificate excluding(GeneralName name) {
    GeneralSubtree[] one = {new GeneralSubtree(name)};
    return constrained(new NameConstraints(null, one));
  }

  private static X509Certificate constrained(NameConstraints constraints) {
    return ROOT.authority("CA", TestCa.ext(Extension.nameConstraints, true, constraints))
        .certificate;
  }

  private static String verdict(X509Certificate authority, X509Certificate below) {
    PermittedNames names = new PermittedNames();
    try {
      names.narrow(authority);
      names.check(below);
      return VALID;
    } catch (Fault fault) {
      return fault.finding().code();
    }
  }

  @Test
  void aKindThatNothingIsSaidOfIsFree() {
    X509Certificate leaf = ROOT.leaf("a", named(mail("a@b.example"), registered("1.2.3")));
    assertThat(verdict(permitting(mail("b.example")), leaf)).isEqualTo(VALID);
    assertThat(verdict(permitting(mail("c.example")), leaf)).isEqualTo(UNTRUSTED);
    assertThat(verdict(permitting(registered("1.2.3")), leaf)).isEqualTo(UNTRUSTED);
    assertThat(verdict(permitting(registered("1.2.3")), ROOT.leaf("b"))).isEqualTo(VALID);
    assertThat(verdict(excluding(registered("1.2.3")), ROOT.leaf("b"))).isEqualTo(VALID);
  }

  @Test
  void aUriUnderAConstraintHasAHost() {
    X509Certificate authority = excluding(uri("bad.example"));
    assertThat(verdict(authority, ROOT.leaf("a", named(uri("http://good.example/")))))
        .isEqualTo(VALID);
    assertThat(verdict(authority, ROOT.leaf("a", named(uri("http://bad.example/")))))
        .isEqualTo(UNTRUSTED);
    assertThat(verdict(authority, ROOT.leaf("a", named(uri("urn:good.example")))))
        .isEqualTo(UNTRUSTED);
  }

  @Test
  void theDirectorysName() {
    GeneralName zorg = new GeneralName(TestCa.name("CN=a"));
    assertThat(verdict(excluding(zorg), ROOT.leaf("a"))).isEqualTo(UNTRUSTED);
    assertThat(verdict(excluding(zorg), ROOT.leaf("b"))).isEqualTo(VALID);
    assertThat(verdict(permitting(zorg), ROOT.leaf("b"))).isEqualTo(UNTRUSTED);
    X509Certificate nameless = ROOT.nameless(named(mail("a@b.example")));
    assertThat(verdict(permitting(zorg), nameless)).isEqualTo(VALID);
  }

  /** The subject's emailAddress counts as an rfc822Name does. */
  @Test
  void theAddressInTheSubject() {
    // a@b.example, an IA5String
    X509Certificate leaf = ROOT.leaf("a,1.2.840.113549.1.9.1=#160b6140622e6578616d706c65");
    assertThat(verdict(permitting(mail("b.example")), leaf)).isEqualTo(VALID);
    assertThat(verdict(permitting(mail("c.example")), leaf)).isEqualTo(UNTRUSTED);
    assertThat(verdict(excluding(mail("b.example")), leaf)).isEqualTo(UNTRUSTED);
    // what only looks like one is none
    assertThat(verdict(permitting(mail("c.example")), ROOT.leaf("a@b.example"))).isEqualTo(VALID);
  }

  /** Such a limit the JDK leaves to us only where it is not critical. */
  @Test
  void aNameOfNoLengthIsAllOfItsKind() {
    X509Certificate leaf = ROOT.leaf("a", named(mail("a@b.example")));
    X509Certificate both = ROOT.leaf("a", named(mail("a@b.example"), uri("http://good.example/")));
    GeneralSubtree[] mail = {new GeneralSubtree(mail(""))};
    GeneralSubtree[] uri = {new GeneralSubtree(uri(""))};
    assertThat(verdict(uncritical(new NameConstraints(mail, null)), leaf)).isEqualTo(VALID);
    assertThat(verdict(uncritical(new NameConstraints(null, mail)), leaf)).isEqualTo(UNTRUSTED);
    assertThat(verdict(uncritical(new NameConstraints(uri, null)), both)).isEqualTo(VALID);
    assertThat(verdict(uncritical(new NameConstraints(null, uri)), both)).isEqualTo(UNTRUSTED);
    assertThat(verdict(uncritical(new NameConstraints(null, uri)), leaf)).isEqualTo(VALID);
    GeneralSubtree[] beside = {uri[0], new GeneralSubtree(mail("c.example"))};
    assertThat(verdict(uncritical(new NameConstraints(null, beside)), leaf)).isEqualTo(VALID);
  }

  /** One authority that permits all of a kind, above or below one that does not. */
  @Test
  void aNameOfNoLengthTakesNothingAway() throws Fault {
    GeneralSubtree[] all = {new GeneralSubtree(mail(""))};
    X509Certificate wide = uncritical(new NameConstraints(all, null));
    X509Certificate narrow = permitting(mail("b.example"));
    for (X509Certificate first : List.of(wide, narrow)) {
      PermittedNames names = new PermittedNames();
      names.narrow(first);
      names.narrow(first.equals(wide) ? narrow : wide);
      names.check(ROOT.leaf("a", named(mail("a@b.example"))));
      assertThatThrownBy(() -> names.check(ROOT.leaf("a", named(mail("a@c.example")))))
          .isInstanceOf(Fault.class);
    }
  }

  private static X509Certificate uncritical(NameConstraints constraints) {
    return ROOT.authority("CA", TestCa.ext(Extension.nameConstraints, false, constraints))
        .certificate;
  }

  @Test
  void anAuthorityWithoutConstraints() {
    X509Certificate leaf = ROOT.leaf("a", named(mail("a@b.example")));
    assertThat(verdict(ROOT.authority("CA").certificate, leaf)).isEqualTo(VALID);
  }
}
