package nl.wotpoort.letter;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The client (cliënt, inwoner, patiënt) as a letter names one. Everything may be missing; what is
 * there is confidential. {@code guardians} are parents with authority or guardians as named in the
 * letter, in its order.
 */
public record Client(
    Optional<Confidential<String>> name,
    Optional<Confidential<String>> initials,
    Optional<Confidential<LocalDate>> birthDate,
    Optional<Confidential<Postcode>> postcode,
    Optional<Confidential<String>> houseNumber,
    Optional<Confidential<String>> phone,
    Optional<Bsn> bsn,
    Optional<String> language,
    List<Confidential<String>> guardians,
    Optional<Confidential<String>> representative) {

  public Client {
    guardians = List.copyOf(guardians);
  }

  /** A client of whom nothing is known. */
  public static Client unknown() {
    return new Client(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /**
   * Whether there is enough to be one person, by at least two identifiers: a BSN with a name, birth
   * date or address, or a birth date with a name or an address (postcode and house number). A name
   * alone is many people; a BSN alone is one slip of the finger from somebody else's.
   */
  public boolean isIdentified() {
    boolean address = postcode.isPresent() && houseNumber.isPresent();
    boolean nameOrAddress = name.isPresent() || address;
    return bsn.isPresent()
        ? nameOrAddress || birthDate.isPresent()
        : nameOrAddress && birthDate.isPresent();
  }
}
