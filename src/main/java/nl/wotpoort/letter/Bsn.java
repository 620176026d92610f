package nl.wotpoort.letter;

import java.util.Optional;

/**
 * A citizen number that passed the 11-test (Σ weight·digit with weights 9,8,7,6,5,4,3,2,−1
 * divisible by 11, and not all zeros). Never printed: {@link #toString} shows nothing.
 */
public record Bsn(Confidential<String> digits) {

  private static final int[] WEIGHTS = {9, 8, 7, 6, 5, 4, 3, 2, -1};

  /** Reads nine digits, dots and spaces between them allowed; empty when the 11-test fails. */
  public static Optional<Bsn> parse(String text) {
    String digits = text.replaceAll("[ .\\u00a0]", "");
    return digits.matches("[0-9]{9}") && passesElevenTest(digits)
        ? Optional.of(new Bsn(Confidential.of(digits)))
        : Optional.empty();
  }

  private static boolean passesElevenTest(String digits) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += WEIGHTS[i] * (digits.charAt(i) - '0');
    }
    return sum % 11 == 0 && !digits.equals("000000000");
  }
}
