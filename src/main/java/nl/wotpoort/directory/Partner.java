package nl.wotpoort.directory;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Party;

/**
 * A practice that exchanges mail with the teams.
 *
 * @param group the trust group whose anchors its certificates chain to
 * @param addresses the practice's own addresses, the first being the one to write to
 * @param certificates the practice's own certificates; each may sign for every address in {@code
 *     organisationDomains}
 * @param organisationDomains lower-case
 */
public record Partner(
    String id,
    String name,
    Optional<String> agb,
    String group,
    List<Address> addresses,
    List<Path> certificates,
    Set<String> organisationDomains,
    Sealing.Manner manner,
    List<Professional> professionals) {

  public Partner {
    Slug.check(id);
    addresses = List.copyOf(addresses);
    certificates = List.copyOf(certificates);
    organisationDomains = Set.copyOf(organisationDomains);
    professionals = List.copyOf(professionals);
    if (!organisationDomains.stream().allMatch(d -> d.equals(d.toLowerCase(Locale.ROOT)))) {
      throw new IllegalArgumentException("domains are lower-case");
    }
  }

  /** Such as {@code gp:A}. */
  public Party party() {
    return new Party("gp:" + id);
  }

  /** Such as {@code gp:A/d1}. */
  public Party party(Professional professional) {
    return new Party("gp:" + id + "/" + professional.id());
  }

  /** How mail for {@code professional} is sealed: his own certificates, else the practice's. */
  public Sealing sealingFor(Professional professional) {
    List<Path> own = professional.certificates();
    return new Sealing(own.isEmpty() ? certificates : own, manner);
  }

  /** How mail for the practice itself is sealed. */
  public Sealing sealing() {
    return new Sealing(certificates, manner);
  }
}
