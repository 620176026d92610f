package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import nl.wotpoort.letter.Bytes;
import org.junit.jupiter.api.Test;

/** Whose signature it is, when the signer's certificate did not come along. */
class SignatureCheckTest {

  private static final Limits LIMITS = Limits.defaults();
  private static final X509Certificate GP = SamplePki.certificate(Forge.GP);

  /** The same key, certified by somebody else under another number. */
  private static final X509Certificate TWIN =
      TestCa.root("Root").mailLeaf("x@b.example", new KeyPair(GP.getPublicKey(), null));

  private static String signer(X509Certificate... known) throws Fault {
    String signed = Forge.signed("Content-Type: text/plain\n\nhallo\n", Forge.GP);
    byte[][] members =
        Forge.signedData(signed).stream()
            .filter(member -> member.tag != 0xA0)
            .map(Asn1::raw)
            .toArray(byte[][]::new);
    Bytes content = Bytes.of("Content-Type: text/plain\r\n\r\nhallo\r\n", StandardCharsets.UTF_8);
    SignedContent bare = new SignedContent(content, Asn1.read(Der.sequence(members), LIMITS));
    try {
      SignatureCheck.Verified verified =
          new SignatureCheck(AlgorithmPolicy.defaults(), LIMITS).verify(bare, List.of(known));
      return Certificates.name(verified.signers().get(0).certificate());
    } catch (Fault fault) {
      return fault.finding().code();
    }
  }

  @Test
  void onlyTheCertificateThatTheSignatureNames() throws Fault {
    String name = Certificates.name(GP);
    assertThat(signer()).isEqualTo("signer-untrusted");
    assertThat(signer(GP)).isEqualTo(name);
    assertThat(signer(TWIN)).isEqualTo("signer-untrusted");
    assertThat(signer(TWIN, GP)).isEqualTo(name);
  }
}
