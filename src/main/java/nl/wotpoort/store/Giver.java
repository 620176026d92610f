package nl.wotpoort.store;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import nl.wotpoort.letter.Confidential;

/**
 * Somebody who gave a consent or made an objection, and by what authority.
 *
 * @param name as written down; empty for the client
 * @param until the last day of the mandate, when it has one
 */
public record Giver(
    Optional<Confidential<String>> name, Authority authority, Optional<LocalDate> until) {

  /** By what authority; those that represent have the policy's code ({@code representatives}). */
  public enum Authority {
    CLIENT,
    /** A parent with parental authority (ouder met gezag). */
    PARENT,
    /** A guardian (voogd). */
    GUARDIAN,
    CURATOR,
    MENTOR,
    BEWINDVOERDER,
    GEMACHTIGDE,
    FAMILY;

    /** As the policy tables and the JSON form write it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Authority> ofCode(String code) {
      return Arrays.stream(values()).filter(one -> one.code().equals(code)).findFirst();
    }

    /** Whether it decides in place of somebody who is not able to judge. */
    public boolean represents() {
      return compareTo(CURATOR) >= 0;
    }
  }

  public static Giver client() {
    return new Giver(Optional.empty(), Authority.CLIENT, Optional.empty());
  }

  /**
   * How the policy's record names this giver: {@code client}, {@code guardian} for parents and
   * guardians (a letter rarely spells them as the register does), and a representative by name.
   */
  public String inRecord() {
    return switch (authority) {
      case CLIENT -> "client";
      case PARENT, GUARDIAN -> "guardian";
      default -> name.map(Confidential::reveal).orElse(authority.code());
    };
  }
}
