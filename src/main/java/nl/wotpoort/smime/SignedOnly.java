package nl.wotpoort.smime;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.HeaderField;

/**
 * Who may send signed mail that is not encrypted, because it never leaves the organisation's own
 * mail server: it was submitted there over TLS by somebody who logged in. Immutable.
 *
 * <p>Trusts: that server. All mail for the gateway passes it, and it puts a Received line on each
 * (RFC 5321 §4.4) that says how the mail came in (RFC 3848). Lines below its first one anybody can
 * write.
 *
 * @param senders the signers; nobody else
 * @param server the name that server gives itself behind "by"
 */
public record SignedOnly(Set<Address> senders, String server) {

  /** ESMTP over TLS with a login. */
  private static final Set<String> SUBMITTED = Set.of("esmtpsa", "utf8smtpsa");

  private static final Pattern BY =
      Pattern.compile("\\bby\\s+(\\S{1,253})", Pattern.CASE_INSENSITIVE);
  private static final Pattern WITH =
      Pattern.compile("\\bwith\\s+(\\w{1,40})", Pattern.CASE_INSENSITIVE);

  public SignedOnly {
    senders = Set.copyOf(senders);
    server = server.toLowerCase(Locale.ROOT);
  }

  /** Nobody: everything must be encrypted. */
  public static SignedOnly nobody() {
    return new SignedOnly(Set.of(), "");
  }

  /** Whether this signer's mail with this header may do without encryption. */
  boolean allows(Address signer, List<HeaderField> header) {
    return senders.contains(signer)
        && header.stream()
            .filter(field -> field.isNamed("Received"))
            .map(field -> withoutComments(field.value()))
            .filter(line -> first(BY, line).equals(Optional.of(server)))
            .findFirst()
            .flatMap(line -> first(WITH, line))
            .filter(SUBMITTED::contains)
            .isPresent();
  }

  /** Comments may stand in each other (RFC 5322 §3.2.2); a line with hundreds is nobody's. */
  private static String withoutComments(String line) {
    String rest = line;
    for (int depth = 0; depth < 9; depth++) {
      rest = rest.replaceAll("\\([^()]*\\)", " ");
    }
    return rest;
  }

  private static Optional<String> first(Pattern pattern, String line) {
    Matcher found = pattern.matcher(line);
    return found.find()
        ? Optional.of(found.group(1).toLowerCase(Locale.ROOT).replaceAll("[;.]+$", ""))
        : Optional.empty();
  }
}
