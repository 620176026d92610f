package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which of the certificates that came along are the signer's. */
class CertificateBagTest {

  private static final Limits LIMITS = Limits.defaults();
  private static final X509Certificate GP = SamplePki.certificate("gp/a.devries");
  private static final X509Certificate OTHER = SamplePki.certificate("gp/praktijk");

  /**
   * {@code openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:brainpoolP256r1 -nodes -keyout
   * /dev/null -subj /CN=Curve -set_serial 7 -outform DER | base64}
   */
  private static final String BRAINPOOL =
      """
      MIIBZDCCAQugAwIBAgIBBzAKBggqhkjOPQQDAjAQMQ4wDAYDVQQDDAVDdXJ2ZTAgFw0yNjExMjIxMDM3MzRaGA8yMTI2
      MTAyOTEwMzczNFowEDEOMAwGA1UEAwwFQ3VydmUwWjAUBgcqhkjOPQIBBgkrJAMDAggBAQcDQgAEZzCmMUQo1xZRR9ZQ
      ORkYLguwf6pXXaSk2KZjWsMr19SQ7aX+fZfwZTljiCV+9O7IkodE+o1KuS90nP0jyZhfP6NTMFEwHQYDVR0OBBYEFE3s
      d15blF5QQHPNyD8+kYxZxxNhMB8GA1UdIwQYMBaAFE3sd15blF5QQHPNyD8+kYxZxxNhMA8GA1UdEwEB/wQFMAMBAf8w
      CgYIKoZIzj0EAwIDRwAwRAIgTuSGSeHv/bxYdw984sonlTo3dhy/LtN25ra6reIOoYgCIHnsUfzVtNCo0myR1pOn5N/g
      Y8bCJeEdCXNAw689iLLd
      """;

  /** The same with {@code ec_paramgen_curve:prime256v1} and {@code ec_param_enc:explicit}. */
  private static final String EXPLICIT =
      """
      MIICWDCCAf6gAwIBAgIBBzAKBggqhkjOPQQDAjAQMQ4wDAYDVQQDDAVDdXJ2ZTAgFw0yNjExMjIxMDM3MzRaGA8yMTI2
      MTAyOTEwMzczNFowEDEOMAwGA1UEAwwFQ3VydmUwggFLMIIBAwYHKoZIzj0CATCB9wIBATAsBgcqhkjOPQEBAiEA////
      /wAAAAEAAAAAAAAAAAAAAAD///////////////8wWwQg/////wAAAAEAAAAAAAAAAAAAAAD///////////////wEIFrG
      NdiqOpPns+u9VXaYhrxlHQawzFOw9jvOPD4n0mBLAxUAxJ02CIbnBJNqZnjhE50mt4GffpAEQQRrF9Hy4SxCR/i85uVj
      pEDydwN9gS3rM6D0oTlF2JjClk/jQuL+Gn+bjufrSnwPnhYrzjNXazFezsu2QGg3v1H1AiEA/////wAAAAD/////////
      /7zm+q2nF56E87nKwvxjJVECAQEDQgAELCSvoFY83fmF5lEaw8J2tMQVbezxWQ3Wn/lSSTDZs/EIycDdqjOWkllydxbS
      SX/JRme/7BirDc8KuI5TCmbfjqNTMFEwHQYDVR0OBBYEFN031ol9DO6hUpSdodsFaID4VJR9MB8GA1UdIwQYMBaAFN03
      1ol9DO6hUpSdodsFaID4VJR9MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAOmAJEbWLWYJx2P/eL91
      N6DYItrnpgNEM72mTezmnsZqAiB/eMdTMLaQkWNf2F9XiYodVTJlbCgIuaHcwvYz5Q68IQ==
      """;

  private static byte[] der(String base64) {
    return Base64.getMimeDecoder().decode(base64);
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  private static CertificateBag bag(byte[]... certificates) throws Fault {
    byte[] set = Der.value(0xA0, certificates);
    return CertificateBag.read(Asn1.read(set, LIMITS).children());
  }

  private static Asn1 serial(String issuer, long serial) throws Fault {
    byte[] name = TestCa.root(issuer).certificate.getSubjectX500Principal().getEncoded();
    return Asn1.read(Der.sequence(name, Der.integer(serial)), LIMITS);
  }

  private static Asn1 serialOf(X509Certificate certificate) throws Fault {
    byte[] name = certificate.getIssuerX500Principal().getEncoded();
    BigInteger serial = certificate.getSerialNumber();
    return Asn1.read(Der.sequence(name, Der.integer(serial)), LIMITS);
  }

  private static Asn1 keyOf(X509Certificate certificate) throws Fault {
    byte[] key = Objects.requireNonNull(Certificates.keyIdentifier(certificate, LIMITS));
    return Asn1.read(Der.value(0x80, key), LIMITS);
  }

  @Test
  void onlyTheOneThatIsNamed() throws Exception {
    CertificateBag bag = bag(der(OTHER), der(GP));
    assertThat(bag.matching(serialOf(GP), LIMITS)).containsExactly(GP);
    assertThat(bag.matching(keyOf(GP), LIMITS)).containsExactly(GP);
    assertThat(bag.matching(serial("Nobody", 1), LIMITS)).isEmpty();
    long samesNumber = GP.getSerialNumber().longValueExact();
    assertThat(bag.matching(serial("Other issuer", samesNumber), LIMITS)).isEmpty();
  }

  /** One that does not parse, or whose curve is not ours, stands in nobody's way... */
  @Test
  void othersDoNotMatter() throws Exception {
    byte[] nothing = Der.sequence(Der.integer(1));
    CertificateBag bag = bag(nothing, der(BRAINPOOL), der(EXPLICIT), der(GP));
    assertThat(bag.matching(serialOf(GP), LIMITS)).containsExactly(GP);
    assertThat(bag.matching(keyOf(GP), LIMITS)).containsExactly(GP);
    assertThat(bag.certificates(LIMITS)).contains(GP);
  }

  /** ... unless it is asked for. */
  @Test
  void theSignersOwn() throws Exception {
    for (String weak : List.of(BRAINPOOL, EXPLICIT)) {
      assertThatThrownBy(() -> bag(der(weak)).matching(serial("Curve", 7), LIMITS))
          .isInstanceOfSatisfying(
              Fault.class, f -> assertThat(f.finding()).isEqualTo(Finding.WEAK_ALGORITHM));
    }
    byte[] broken = der(GP);
    broken[broken.length - GP.getSignature().length - 5] = 0; // BIT STRING no more
    assertThatThrownBy(() -> bag(broken).matching(serialOf(GP), LIMITS))
        .isInstanceOf(CertificateException.class);
    assertThat(bag(broken).matching(keyOf(GP), LIMITS)).isEmpty();
  }

  /** Other kinds than X.509 (RFC 5652 §10.2.2) do not count. */
  @Test
  void asManyAsTheLimit() throws Exception {
    List<byte[]> members = new ArrayList<>(Collections.nCopies(50, der(GP)));
    assertThat(bag(members).certificates(LIMITS)).hasSize(50);
    members.add(Der.value(0xA1, Der.integer(1)));
    assertThat(bag(members).certificates(LIMITS)).hasSize(50);
    members.add(der(GP));
    assertThatThrownBy(() -> bag(members).certificates(LIMITS)).isInstanceOf(Fault.class);
  }

  private static CertificateBag bag(List<byte[]> members) throws Fault {
    return bag(members.toArray(new byte[0][]));
  }
}
