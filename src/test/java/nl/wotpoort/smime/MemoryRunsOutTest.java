package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.security.cert.X509CRL;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import nl.wotpoort.letter.Bytes;
import org.junit.jupiter.api.Test;

/** What a parser may do to the machine ends as a finding about that mail; the worker goes on. */
class MemoryRunsOutTest {

  private static final Bytes MAIL =
      Bytes.wrap(
          SamplePki.bytes(
              SamplePki.ROOT.resolve(
                  "src/test/resources/fixtures/accept/openssl-detached-rfc822-aes-256-cbc.eml")));

  /**
   * Looking up revocation is the last thing that is done, and the only one that can be handed in.
   */
  private static EnvelopeOpener failing(Supplier<Error> failure) {
    RevocationSource source =
        new RevocationSource() {
          @Override
          public long version() {
            return 0;
          }

          @Override
          public List<X509CRL> crls(List<String> addresses) {
            throw failure.get();
          }

          @Override
          public List<byte[]> ocsp(List<String> addresses, byte[] request) {
            throw failure.get();
          }
        };
    PartnerGroup group =
        PartnerGroup.of(
            "huisartsen",
            List.of(SamplePki.certificate("ca/zorg-root")),
            List.of(SamplePki.certificate("ca/zorg-issuing")),
            List.of());
    RevocationLookup lookup =
        new RevocationLookup(
            source, List.of("http://crl.example/a.crl"), List.of(), RevocationLookup.Named.IGNORED);
    Trust trust =
        Trust.of(
            List.of(group),
            AlgorithmPolicy.defaults(),
            Limits.defaults(),
            Map.of("huisartsen", lookup));
    return EnvelopeOpener.of(SamplePki.ring("gateway"), trust, AlgorithmPolicy.defaults());
  }

  @Test
  void noMoreMemory() {
    Opened opened =
        failing(() -> new OutOfMemoryError("a test")).open(MAIL, SamplePki.OOST, SamplePki.NOW);
    assertThat(opened.<Object>fold(t -> t, Opened.Refused::finding)).isEqualTo(Finding.TOO_LARGE);
  }

  @Test
  void noMoreStack() {
    Opened opened = failing(StackOverflowError::new).open(MAIL, SamplePki.OOST, SamplePki.NOW);
    assertThat(opened.<Object>fold(t -> t, Opened.Refused::finding)).isEqualTo(Finding.TOO_LARGE);
  }

  /** Anything else is our own bug, and is not dressed up as the sender's. */
  @Test
  void anotherErrorIsNotHidden() {
    EnvelopeOpener opener = failing(() -> new AssertionError("ours"));
    assertThat(catchThrowable(() -> opener.open(MAIL, SamplePki.OOST, SamplePki.NOW)))
        .isInstanceOf(AssertionError.class);
  }
}
