package nl.wotpoort.smime;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * Why an envelope was refused: the closed list. Each has a code for machines and, in the bundle
 * {@code smime}, a sentence and a piece of advice for people. The order is the order in which an
 * envelope is looked at; of several findings the first one counts.
 */
public enum Finding {
  /** Larger, deeper or in more pieces than {@link Limits} allows. */
  TOO_LARGE(Known.NOBODY),
  /** Not built as RFC 5322, 2046, 5652 or 8551 say, so that two readers could see two mails. */
  MALFORMED(Known.NOBODY),
  /** Nothing in the mail is encrypted. */
  NOT_ENCRYPTED(Known.NOBODY),
  /** Only a part of the mail is encrypted (the shape of EFAIL's direct exfiltration). */
  PARTIALLY_ENCRYPTED(Known.NOBODY),
  /** No key of the mailbox opens it; wrong key, bad padding and broken content look the same. */
  UNDECRYPTABLE(Known.NOBODY),
  /** Encrypted, but without a signature inside. */
  NOT_SIGNED(Known.NOBODY),
  /** A signature covers only a part of what was encrypted. */
  PARTIALLY_SIGNED(Known.NOBODY),
  /** An algorithm, key length or combination that is not on the allow-list. */
  WEAK_ALGORITHM(Known.NOBODY),
  /** The signature does not fit the content, the signed attributes or the certificate. */
  SIGNATURE_INVALID(Known.NOBODY),
  /** No path to an anchor of a partner group that may vouch for this sender. */
  SIGNER_UNTRUSTED(Known.NOBODY),
  /** The signer's certificate, or one above it, is not valid at this moment. */
  SIGNER_EXPIRED(Known.NOBODY),
  /** The signer's certificate, or one above it, was withdrawn. */
  SIGNER_REVOKED(Known.NOBODY),
  /** Nothing current says whether a certificate was withdrawn. */
  REVOCATION_UNKNOWN(Known.NOBODY),
  /** The certificate is not for signing mail. */
  KEY_USAGE(Known.NOBODY),
  /** The mail does not come from the one who signed it. */
  SIGNER_MISMATCH(Known.SIGNER),
  /** What the mail shows outside is not what was signed inside. */
  HEADER_MISMATCH(Known.SIGNER);

  /**
   * Whether a finding of this kind can be made only once somebody trusted is known to have signed.
   */
  private enum Known {
    NOBODY,
    SIGNER
  }

  private final Known known;

  Finding(Known known) {
    this.known = known;
  }

  /** For machines: {@code not-encrypted}, {@code signature-invalid}, … */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * True when a mail refused for this reason may come from anybody: nothing may be answered, and
   * from outside all of these must look the same.
   */
  public boolean isBeforeTrust() {
    return known == Known.NOBODY;
  }

  /** What is wrong, as one sentence. */
  public String text(Language language) {
    return Texts.of("smime", language).say("finding." + code());
  }

  /** What the sender or the administrator can do about it, as one or two sentences. */
  public String advice(Language language) {
    return Texts.of("smime", language).say("finding." + code() + ".advice");
  }

  /** The finding with that code, or empty. */
  public static Optional<Finding> ofCode(String code) {
    return Arrays.stream(values()).filter(f -> f.code().equals(code)).findFirst();
  }
}
