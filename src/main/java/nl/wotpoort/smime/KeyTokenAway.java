package nl.wotpoort.smime;

import java.io.Serial;

/**
 * A token that holds a key of ours does not answer: taken out, logged out, its service down. Says
 * nothing about a mail; the same call can succeed later.
 */
public final class KeyTokenAway extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  KeyTokenAway(Exception cause) {
    super("a key token does not answer", cause);
  }
}
