package nl.wotpoort.store;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;

/**
 * Makes pseudonyms of clients and addresses. Spelling is levelled first: case, accents, spaces,
 * hyphens and dots make no other person. Immutable and thread-safe.
 */
public final class Pseudonyms {

  private static final int LENGTH = 16;

  private final Hmac hmac;

  public Pseudonyms(StoreKey key) {
    this.hmac = new Hmac(key.derive("pseudonyms"));
  }

  /**
   * By BSN, and by BSN with birth date; by name and birth date (with and without initials); by
   * birth date, postcode and house number: as far as the letter tells. Empty when it tells none of
   * these. Whether it is enough to be one person is {@link Client#isIdentified}. A postcode without
   * letters covers too many houses to count.
   */
  public Optional<ClientPseudonyms> client(Client client) {
    List<Pseudonym> all = new ArrayList<>();
    client.bsn().ifPresent(bsn -> all.add(of(Pseudonym.Kind.BSN, bsn.digits().reveal())));
    client.birthDate().map(Confidential::reveal).ifPresent(born -> addByBirth(client, born, all));
    return ClientPseudonyms.ofAll(all);
  }

  private void addByBirth(Client client, LocalDate born, List<Pseudonym> all) {
    client
        .bsn()
        .ifPresent(
            bsn -> all.add(of(Pseudonym.Kind.BSN_BORN, bsn.digits().reveal(), born.toString())));
    Optional<String> name = level(client.name());
    Optional<String> initials = level(client.initials());
    Optional<String> houseNumber = level(client.houseNumber());
    name.ifPresent(n -> all.add(of(Pseudonym.Kind.NAME_BORN, n, born.toString())));
    if (name.isPresent() && initials.isPresent()) {
      all.add(of(Pseudonym.Kind.NAME_INITIALS_BORN, name.get(), initials.get(), born.toString()));
    }
    client
        .postcode()
        .map(Confidential::reveal)
        .filter(postcode -> !postcode.letters().isEmpty() && houseNumber.isPresent())
        .ifPresent(
            postcode ->
                all.add(
                    of(
                        Pseudonym.Kind.BORN_ADDRESS,
                        born.toString(),
                        postcode.toString(),
                        houseNumber.get())));
  }

  public Pseudonym address(Address address) {
    return of(Pseudonym.Kind.MAIL_ADDRESS, address.toString());
  }

  Pseudonym messageId(String messageId) {
    return of(Pseudonym.Kind.MESSAGE_ID, messageId.strip());
  }

  private Pseudonym of(Pseudonym.Kind kind, String... parts) {
    // lengths in front: ("ab","c") and ("a","bc") are two things
    StringBuilder text = new StringBuilder(kind.name());
    for (String part : parts) {
      text.append('\n').append(part.length()).append(' ').append(part);
    }
    byte[] mac = hmac.of(text.toString());
    return new Pseudonym(kind, HexFormat.of().formatHex(Arrays.copyOf(mac, LENGTH)));
  }

  private static Optional<String> level(Optional<Confidential<String>> text) {
    return text.map(Confidential::reveal).map(Pseudonyms::levelled).filter(t -> !t.isEmpty());
  }

  private static String levelled(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replaceAll("[^\\p{L}\\p{N}]", "")
        .toLowerCase(Locale.ROOT);
  }
}
