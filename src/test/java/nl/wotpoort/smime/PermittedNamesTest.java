package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
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
}
