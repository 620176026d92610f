package nl.wotpoort.desk;

import java.security.SecureRandom;

/** Numbers for consents, such as {@code C-7K3M-Q2XW}; one that is taken is drawn again. */
public final class ConsentIds {

  /** Crockford's base 32: nothing in it is misread over the phone. */
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final SecureRandom RANDOM = new SecureRandom();

  private ConsentIds() {}

  public static String draw() {
    StringBuilder id = new StringBuilder("C-");
    for (int i = 0; i < 8; i++) {
      id.append(i == 4 ? "-" : "").append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
