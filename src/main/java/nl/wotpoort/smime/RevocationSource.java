package nl.wotpoort.smime;

import java.security.cert.X509CRL;
import java.util.List;

/**
 * Where revocation lists and OCSP answers come from that are in no file. What it gives is not
 * trusted: {@link RevocationCheck} verifies signature, issuer, scope and time of each. It is asked
 * only about addresses that stand in the settings, or in a certificate whose path to an anchor was
 * verified first. Thread-safe; answers within a few seconds, with nothing when it has nothing.
 */
public interface RevocationSource {

  /** Knows nothing and asks nobody. */
  RevocationSource NONE =
      new RevocationSource() {
        @Override
        public long version() {
          return 0;
        }

        @Override
        public List<X509CRL> crls(List<String> addresses) {
          return List.of();
        }

        @Override
        public List<byte[]> ocsp(List<String> addresses, byte[] request) {
          return List.of();
        }
      };

  /** Another number whenever something new came in, so that what was concluded can be forgotten. */
  long version();

  /** The lists at those addresses (URIs), as far as they are at hand or come soon. */
  List<X509CRL> crls(List<String> addresses);

  /** Answers (OCSPResponse, DER) of those responders (URIs) to {@code request} (OCSPRequest). */
  List<byte[]> ocsp(List<String> addresses, byte[] request);
}
