package nl.wotpoort.smime;

import java.io.Serial;
import java.util.Locale;
import nl.wotpoort.letter.Address;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * Why a letter cannot be sealed. Nothing was made: what cannot be signed and encrypted is not sent.
 * The letter itself is not mentioned.
 */
public final class CannotSeal extends Exception {

  @Serial private static final long serialVersionUID = 1;

  /**
   * The closed list of reasons. All last until somebody changes a key, certificate or setting, or a
   * revocation list comes in.
   */
  public enum Reason {
    NO_SIGNING_KEY,
    SIGNING_KEY_EXPIRED,
    /** The partner's entry asks for a signature that no valid key of ours can make. */
    NO_SIGNING_KEY_OF_KIND,
    NO_RECIPIENT_CERTIFICATE,
    RECIPIENT_CERTIFICATE_EXPIRED,
    /** Not for encryption, or of a kind or length that the policy refuses. */
    RECIPIENT_CERTIFICATE_UNSUITABLE,
    RECIPIENT_CERTIFICATE_REVOKED,
    /** No path from it to an anchor of any partner group. */
    RECIPIENT_CERTIFICATE_UNTRUSTED,
    /** Nothing current says whether it was revoked. */
    RECIPIENT_REVOCATION_UNKNOWN,
    /** The partner's entry asks for what the policy refuses or the certificate cannot do. */
    ALGORITHM_NOT_ALLOWED,
    TOO_LARGE;

    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Reason reason;
  private final transient Address about;

  CannotSeal(Reason reason, Address about) {
    super(reason.code());
    this.reason = reason;
    this.about = about;
  }

  public Reason reason() {
    return reason;
  }

  /** Whose key or certificate it is about. */
  public Address about() {
    return about;
  }

  /** For people. Holds the address, so it is not for the technical log. */
  public String text(Language language) {
    return Texts.of("smime", language).say("cannot-seal." + reason.code(), about);
  }
}
