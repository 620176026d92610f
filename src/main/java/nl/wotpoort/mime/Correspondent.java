package nl.wotpoort.mime;

import java.util.Optional;
import nl.wotpoort.letter.Address;

/** An address with the name shown beside it, as it stands in From, To and Reply-To. */
public record Correspondent(Optional<String> name, Address address) {

  public static Correspondent of(Address address) {
    return new Correspondent(Optional.empty(), address);
  }

  public static Correspondent of(String name, Address address) {
    return new Correspondent(Optional.of(name), address);
  }
}
