package nl.wotpoort.smime;

import java.io.Serial;
import java.util.Locale;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * What is wrong with a key or certificate file, or a token. Holds its name, never what is in it.
 */
public final class KeyFileFault extends Exception {

  @Serial private static final long serialVersionUID = 1;

  /** The closed list of causes. */
  public enum Cause {
    /** PKCS#12 only: the file is sound, the password is not its own. */
    WRONG_PASSWORD,
    /** PEM only: the key in it has a password. */
    LOCKED,
    /** Not PEM, DER or PKCS#12, or damaged. */
    BROKEN,
    /** Readable, but what was asked for is not in it. */
    EMPTY,
    /** Key and certificate are not a pair, or the key is of an unknown kind. */
    NO_MATCH,
    /** No such library, no such slot, or no token in it. */
    TOKEN_ABSENT,
    /** The token refuses the PIN. */
    WRONG_PIN,
    /** The token cannot do with a key what its certificate is for. */
    TOKEN_UNFIT
  }

  private final Cause why;
  private final String file;

  KeyFileFault(Cause why, String file) {
    super(why + ": " + file);
    this.why = why;
    this.file = file;
  }

  public Cause why() {
    return why;
  }

  /** What is wrong and what to do, in one or two sentences. */
  public String text(Language language) {
    String key = why.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return Texts.of("smime", language).say("key-file." + key, file);
  }
}
