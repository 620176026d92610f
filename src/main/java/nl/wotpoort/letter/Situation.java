package nl.wotpoort.letter;

import java.util.Arrays;
import java.util.Optional;

/** The six grounds for referral (agreement R1). {@code code} is the word used in letters. */
public enum Situation {
  FREQUENT_CARE("zorggebruik"),
  HOUSING_WORK_INCOME("wonen-werk-inkomen"),
  YOUTH("jeugdhulp"),
  ADDICTION("verslaving"),
  SOCIAL_NETWORK("sociaal-netwerk"),
  HEALTH_MANAGEMENT("gezondheid");

  private final String code;

  Situation(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  public static Optional<Situation> ofCode(String code) {
    return Arrays.stream(values()).filter(s -> s.code.equals(code)).findFirst();
  }
}
