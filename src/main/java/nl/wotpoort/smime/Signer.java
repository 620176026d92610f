package nl.wotpoort.smime;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wotpoort.letter.Address;

/**
 * Who signed, as far as the certificate says and the path proves.
 *
 * @param address the address in From, for which the certificate (or the organisation's) stands
 * @param name the subject's common name; the whole subject when it has none
 * @param certificateSha256 lower-case hex, over the DER certificate
 * @param issuer the issuer's distinguished name (RFC 2253)
 * @param notAfter end of the certificate's validity
 * @param partnerGroup name of the {@link PartnerGroup} whose anchor the path ends at
 * @param organisation true when the certificate is the organisation's and not the person's
 * @param chain subjects of the path, the signer first, the anchor last (RFC 2253)
 * @param certificate what it was verified with
 * @param claimedSigningTime the signingTime attribute: the signer's own word, judged by nobody
 */
public record Signer(
    Address address,
    String name,
    String certificateSha256,
    String issuer,
    Instant notAfter,
    String partnerGroup,
    boolean organisation,
    List<String> chain,
    Optional<Instant> claimedSigningTime,
    X509Certificate certificate) {
  private static final Pattern COMMON_NAME = Pattern.compile("(?i)(?:^|,)CN=((?:[^,\\\\]|\\\\.)+)");

  public Signer {
    chain = List.copyOf(chain);
  }

  /** The issuer's common name, for people; the whole distinguished name when it has none. */
  public String issuerName() {
    Matcher name = COMMON_NAME.matcher(issuer);
    return name.find() ? name.group(1).replaceAll("\\\\(.)", "$1") : issuer;
  }
}
