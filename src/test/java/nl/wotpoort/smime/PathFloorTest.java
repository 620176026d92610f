package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The anchor's own limits, and what is too weak to prove anything whatever the settings allow. */
class PathFloorTest {

  private static final Instant IN_2030 = Instant.parse("2030-01-01T00:00:00Z");

  /**
   * {@code openssl genrsa 1023}, then {@code openssl req -x509 -key r.pem -sha256 -subj /CN=Floor
   * -days 36500 -addext basicConstraints=critical,CA:true -outform DER | base64}
   */
  private static final String RSA_1023 =
      """
      MIIB/TCCAWagAwIBAgIUMX7R4DiGHsF6r/cFbm/ljLdz0LkwDQYJKoZIhvcNAQELBQAwEDEOMAwGA1UEAwwFRmxvb3Iw
      IBcNMjYxMTIyMTExNzI0WhgPMjEyNjEwMjkxMTE3MjRaMBAxDjAMBgNVBAMMBUZsb29yMIGeMA0GCSqGSIb3DQEBAQUA
      A4GMADCBiAKBgHJEPeuavoxYid1Naq/qFBb7ZomvN4wi6w+tgNfHE3wbD7u0ejkvqhI9UJATOxTykBbBnuS9IUmMJGOh
      RQjvUrUTatb1W1rZ3PmoK2UEFDAmcBiLE3Pc4744+Pz2GfFiU8KXOlMLiGwSczztFGos7uNdxnW18ySx8G8t5dBYQ88j
      AgMBAAGjUzBRMB0GA1UdDgQWBBSXtzK/Q4cuQUR726kXbp5pvuLFKjAfBgNVHSMEGDAWgBSXtzK/Q4cuQUR726kXbp5p
      vuLFKjAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4GBACrTNKSXLp/tnW7awUF5HkWOuJEsQ0kx0DGswhuq
      bGxD/W2zKdudZB+4/W1sV8J9bBxQ/z24FvM/XWocxBF0gMd2pSx+Gu0iZOFC9ts/lGnh+k7D5oeA8eTltoBPSVDpTYHt
      0Gf4aB77+w09eQjApjeGnAYyR7tC+/rn8N+3sSuC
      """;

  /** The same with 1024 bits. */
  private static final String RSA_1024 =
      """
      MIIB/jCCAWegAwIBAgIUOPMKRd+auvMh93haMfKcXUZNunkwDQYJKoZIhvcNAQELBQAwEDEOMAwGA1UEAwwFRmxvb3Iw
      IBcNMjYxMTIyMTExNzI1WhgPMjEyNjEwMjkxMTE3MjVaMBAxDjAMBgNVBAMMBUZsb29yMIGfMA0GCSqGSIb3DQEBAQUA
      A4GNADCBiQKBgQC4pX+zZF7enQcSOXfGj3KXYGCMtjGRcY7vg5DHHzJRpIj2mX8iyAZyajLCOsxkCTj5yt/c37kVWerv
      BYOPk7JpvYHdwkmleI29O1S8ry86v9GO9yN8l+2UdKvr84mfYwHVYkL+9peV4618ZTMyBGLKI0sJlNo3b26g64ms7cqs
      LQIDAQABo1MwUTAdBgNVHQ4EFgQUt6Q8OEJBdzUCW8tK7xvHiJqFmxUwHwYDVR0jBBgwFoAUt6Q8OEJBdzUCW8tK7xvH
      iJqFmxUwDwYDVR0TAQH/BAUwAwEB/zANBgkqhkiG9w0BAQsFAAOBgQALGZfS/n7eIzvZvHEmOkYYneBHnItBrs+n1rpT
      06WjyJpia1SbGVWOXMed1XV+z1O3u++FdLwcxJV/rPGOjolNuKAeOrjcS3EnRjek6bTu+HDBHvsQqlvnyaCu7S3IQZlQ
      XM5510yO7JFbJ5J/vqvrh7JOjYaWBp4/OjZJXj1XRw==
      """;

  /** The same with 1024 bits and {@code -md5}. */
  private static final String MD5 =
      """
      MIIB/jCCAWegAwIBAgIULEAQoQ1rB/kgBfH5xnXKNpW5IR4wDQYJKoZIhvcNAQEEBQAwEDEOMAwGA1UEAwwFRmxvb3Iw
      IBcNMjYxMTIyMTExNzI1WhgPMjEyNjEwMjkxMTE3MjVaMBAxDjAMBgNVBAMMBUZsb29yMIGfMA0GCSqGSIb3DQEBAQUA
      A4GNADCBiQKBgQC4pX+zZF7enQcSOXfGj3KXYGCMtjGRcY7vg5DHHzJRpIj2mX8iyAZyajLCOsxkCTj5yt/c37kVWerv
      BYOPk7JpvYHdwkmleI29O1S8ry86v9GO9yN8l+2UdKvr84mfYwHVYkL+9peV4618ZTMyBGLKI0sJlNo3b26g64ms7cqs
      LQIDAQABo1MwUTAdBgNVHQ4EFgQUt6Q8OEJBdzUCW8tK7xvHiJqFmxUwHwYDVR0jBBgwFoAUt6Q8OEJBdzUCW8tK7xvH
      iJqFmxUwDwYDVR0TAQH/BAUwAwEB/zANBgkqhkiG9w0BAQQFAAOBgQCsfOiPlmnH3PZv4G+Ptdcl2TYC8gUpYU8WDyOg
      ZoKawypKpFZomXyvNbiOZZDWMJXB2+qolrxvd0Vjm873cA6w4RkwyVXr8+bjyvByVEULktvM2z8zHRIVhBgVJMX3EMPj
      D3eirMt4C6tqfgOwmufCfbLh/HgN5SdNHYs37NnSGQ==
      """;

  /**
   * {@code keytool -genkeypair -keyalg DSA -keysize 512 -sigalg SHA1withDSA -dname CN=Floor -ext
   * bc:c -validity 36500}, and {@code keytool -exportcert}
   */
  private static final String DSA_512 =
      """
      MIIBzDCCAYqgAwIBAgIJAJN/pZmjY3ccMAsGByqGSM44BAMFADAQMQ4wDAYDVQQDEwVGbG9vcjAgFw0yNjExMjIxMTE4
      MTRaGA8yMTI2MTAyOTExMTgxNFowEDEOMAwGA1UEAxMFRmxvb3IwgfAwgagGByqGSM44BAEwgZwCQQD8poLOjhLKuibv
      zPcRDlJtsHiwXt7LzR60ogjzrhYXrgHzW5Gkfm32NBPF4S7QiZvNEyrNUNmRUb3EPuc3WS4XAhUAli7dzDacuo67Jg7m
      tqEm2TRuOMUCQGeEcbJ6nPRO6RpJxRR9samq8kTwWkNNZIaTHS0UJxueNQMLcf1z2heQabMuKTVjDhwgYjVNDaIKbEFu
      UL55TKQDQwACQE/G4RLDqzXQ4V+F2EvqiBrqqWFhqX1dfMOOXbeGCy4diXzDZ8PybKxrm+Llqj9ByrKtSOP3s8lJiZhu
      zcbVhBGjMjAwMB0GA1UdDgQWBBRwPuw3TMfXI6X9fHOu1zwv6Xx+EDAPBgNVHRMBAf8EBTADAQH/MAsGByqGSM44BAMF
      AAMvADAsAhRGBBPvbz5vIWijOOGGQ0J7Rq/rCAIUIPreBh17CQqMKg+s/a07sFpJ9nU=
      """;

  /** The same with 1024 bits. */
  private static final String DSA_1024 =
      """
      MIICkzCCAlGgAwIBAgIII2KUL8YrV7wwCwYHKoZIzjgEAwUAMBAxDjAMBgNVBAMTBUZsb29yMCAXDTI2MTEyMjExMTgz
      MVoYDzIxMjYxMDI5MTExODMxWjAQMQ4wDAYDVQQDEwVGbG9vcjCCAbcwggEsBgcqhkjOOAQBMIIBHwKBgQD9f1OBHXUS
      KVLfSpwu7OTn9hG3UjzvRADDHj+AtlEmaUVdQCJR+1k9jVj6v8X1ujD2y5tVbNeBO4AdNG/yZmC3a5lQpaSfn+gEexAi
      wk+7qdf+t8Yb+DtX58aophUPBPuD9tPFHsMCNVQTWhaRMvZ1864rYdcq7/IiAxmd0UgBxwIVAJdgUI8VIwvMspK5gqLr
      hAvwWBz1AoGBAPfhoIXWmz3ey7yrXDa4V7l5lK+7+jrqgvlXTAs9B4JnUVlXjrrUWU/mcQcQgYC0SRZxI+hMKBYTt88J
      MozIpuE8FnqLVHyNKOCjrh4rs6Z1kW6jfwv6ITVi8ftiegEkO8yk8b6oUZCJqIPf4VrlnwaSi2ZegHtVJWQBTDv+z0kq
      A4GEAAKBgECdQWPhQu591XrzqZz6zwqFdyWTadYak6+tWUAJyZ5Oy51YPPVY06Ddq54Vbgd8n8Z0vGAyA+I7hvKS1aLd
      MuFSLG1657l/EhcsumTABxCbu3gqReRCdSRQRl5xs4yptW1rqCqJJEVzuSGN42+nUfPI0S0Ly0yi2MvgfywgymQvozIw
      MDAdBgNVHQ4EFgQUe7nL4RAU4wUjwM0RSw7LOtkK6hYwDwYDVR0TAQH/BAUwAwEB/zALBgcqhkjOOAQDBQADLwAwLAIU
      Zdf3PyKB8lgK/7zunmgpnNFdIqcCFBtZcVdYJ2EBLuIDRQeDoMoM9unS
      """;

  private static X509Certificate certificate(String base64) {
    try {
      return Certificates.read(Base64.getMimeDecoder().decode(base64));
    } catch (CertificateException e) {
      throw new AssertionError(e);
    }
  }

  /** The rules alone, for a path in that order: no search that would not have found it. */
  private static String verdict(X509Certificate anchor, Instant at, X509Certificate... path) {
    try {
      PathRules.require(PathRequest.of(List.of(path), List.of(anchor), List.of(), at), anchor);
      return "valid";
    } catch (Fault fault) {
      return fault.finding().code();
    }
  }

  private static String verdict(X509Certificate anchor, X509Certificate... path) {
    return verdict(anchor, TestCa.NOW, path);
  }

  static Stream<Arguments> selfSigned() {
    return Stream.of(
        Arguments.of("RSA of 1023 bits", RSA_1023, "weak-algorithm"),
        Arguments.of("RSA of 1024 bits", RSA_1024, "valid"),
        Arguments.of("MD5", MD5, "weak-algorithm"),
        Arguments.of("DSA of 512 bits", DSA_512, "weak-algorithm"),
        Arguments.of("DSA of 1024 bits", DSA_1024, "valid"));
  }

  /** Each as issued by itself. */
  @ParameterizedTest
  @MethodSource("selfSigned")
  void floor(String name, String base64, String expected) {
    X509Certificate itself = certificate(base64);
    assertThat(verdict(itself, IN_2030, itself)).isEqualTo(expected);
  }

  private static TestCa anchor(BasicConstraints constraints, int usage) {
    return TestCa.root("Root")
        .helper("Anchor", usage, TestCa.ext(Extension.basicConstraints, true, constraints));
  }

  @Test
  void anchorsPathLengthHolds() {
    TestCa anchor = anchor(new BasicConstraints(0), KeyUsage.keyCertSign);
    TestCa below = anchor.authority("CA");
    assertThat(verdict(anchor.certificate, anchor.leaf("a"))).isEqualTo("valid");
    assertThat(verdict(anchor.certificate, below.leaf("a"), below.certificate))
        .isEqualTo("signer-untrusted");
    TestCa longer = anchor(new BasicConstraints(1), KeyUsage.keyCertSign);
    TestCa under = longer.authority("CA");
    assertThat(verdict(longer.certificate, under.leaf("a"), under.certificate)).isEqualTo("valid");
  }

  @Test
  void anchorThatMayNotSignCertificates() {
    TestCa anchor = anchor(new BasicConstraints(true), KeyUsage.digitalSignature);
    assertThat(verdict(anchor.certificate, anchor.leaf("a"))).isEqualTo("signer-untrusted");
    TestCa none = anchor(new BasicConstraints(false), KeyUsage.keyCertSign);
    assertThat(verdict(none.certificate, none.leaf("a"))).isEqualTo("signer-untrusted");
  }

  /** The right key under another name. */
  @Test
  void namesThatDoNotChain() {
    TestCa root = TestCa.root("Root");
    TestCa other = TestCa.of(root.keys, TestCa.root("Other").certificate);
    assertThat(verdict(root.certificate, root.leaf("a"))).isEqualTo("valid");
    assertThat(verdict(root.certificate, other.leaf("a"))).isEqualTo("signer-untrusted");
  }

  /** An authority between is held to the constraints above it as well. */
  @Test
  void authorityOutsideItsConstraints() {
    GeneralSubtree inside =
        new GeneralSubtree(new GeneralName(GeneralName.rfc822Name, "praktijk.example"));
    TestCa upper =
        TestCa.root("Root")
            .authority(
                "CA",
                TestCa.ext(
                    Extension.nameConstraints,
                    true,
                    new NameConstraints(new GeneralSubtree[] {inside}, null)));
    for (String address : List.of("ca@praktijk.example", "ca@b.example")) {
      GeneralNames names = new GeneralNames(new GeneralName(GeneralName.rfc822Name, address));
      TestCa lower =
          upper.authority("CB", TestCa.ext(Extension.subjectAlternativeName, false, names));
      assertThat(verdict(upper.certificate, lower.leaf("a"), lower.certificate))
          .isEqualTo(address.endsWith("b.example") ? "signer-untrusted" : "valid");
    }
  }
}
