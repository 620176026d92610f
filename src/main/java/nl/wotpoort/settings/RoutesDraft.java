package nl.wotpoort.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import nl.wotpoort.directory.Delivery;
import nl.wotpoort.directory.Expertise;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.directory.Partner;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.directory.Team;
import nl.wotpoort.directory.TeamId;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Postcode;

/**
 * What the three files of routes/ say, entry by entry and with the places it stands, before
 * anything between the entries was checked. An entry with a fault is left out, but its id and its
 * references are kept, so that one fault is told once.
 */
final class RoutesDraft {

  private static final Map<String, Sealing.Cipher> CIPHERS =
      Map.of(
          "aes256-gcm", Sealing.Cipher.AES256_GCM,
          "aes256-cbc", Sealing.Cipher.AES256_CBC,
          "chacha20-poly1305", Sealing.Cipher.CHACHA20_POLY1305);

  private static final Map<String, Sealing.KeyTransport> KEY_TRANSPORTS =
      Map.of(
          "rsa-pkcs1", Sealing.KeyTransport.RSA_PKCS1, "rsa-oaep", Sealing.KeyTransport.RSA_OAEP);

  private static final Map<String, Sealing.Signature> SIGNATURES =
      Map.of(
          "rsa-pkcs1", Sealing.Signature.RSA_PKCS1,
          "rsa-pss", Sealing.Signature.RSA_PSS,
          "ecdsa", Sealing.Signature.ECDSA,
          "ed25519", Sealing.Signature.ED25519);

  /** What an id stands for. */
  enum Kind {
    TEAM,
    WORKER,
    EXPERTISE,
    PARTNER
  }

  /** Where something stands. */
  record Place(String file, int line) {}

  /** An id used somewhere, to be found in the directory. */
  record Reference(Kind kind, String id, Place place) {}

  /** An address in use somewhere. */
  record Claim(Address address, Place place) {}

  /** An entry with the mapping it was read from. */
  record Drafted<T>(T value, YamlMap at) {}

  private final Path certificates;
  private final Predicate<Path> isThere;

  final Problems problems;
  final Map<Kind, Map<String, Place>> ids = new LinkedHashMap<>();
  final List<Reference> references = new ArrayList<>();

  /** Mailboxes and partners: each address once. */
  final List<Claim> claims = new ArrayList<>();

  /** Addresses the gateway itself serves. */
  final List<Claim> served = new ArrayList<>();

  /** Of teams and workers: each once. */
  final List<Claim> ownDeliveries = new ArrayList<>();

  /** Of everybody. */
  final List<Claim> deliveries = new ArrayList<>();

  final List<Drafted<Team>> teams = new ArrayList<>();
  final List<Drafted<Worker>> workers = new ArrayList<>();
  final List<Drafted<Expertise>> expertise = new ArrayList<>();
  final List<Drafted<Mailbox>> mailboxes = new ArrayList<>();
  final List<Drafted<Partner>> partners = new ArrayList<>();
  final Map<Postcode, TeamId> postcodes = new LinkedHashMap<>();

  RoutesDraft(Path certificates, Predicate<Path> isThere, Problems problems) {
    this.certificates = certificates;
    this.isThere = isThere;
    this.problems = problems;
  }

  /** The entry's own id, noted even when the rest of the entry is at fault. */
  Optional<String> id(YamlMap map, String field, Kind kind) {
    return map.requiredWord(field)
        .filter(
            word -> {
              boolean sound = TeamId.isSound(word.text());
              if (!sound) {
                map.error(field, "ID_FORM", field);
              }
              return sound;
            })
        .map(
            word -> {
              Place before =
                  ids.computeIfAbsent(kind, k -> new LinkedHashMap<>())
                      .putIfAbsent(word.text(), new Place(map.file(), word.line()));
              if (before != null) {
                map.error(field, "ID_TWICE", word.text(), before.line());
              }
              return word.text();
            });
  }

  Map<String, Place> known(Kind kind) {
    return ids.getOrDefault(kind, Map.of());
  }

  /** Notes that {@code word} must be a known id; empty when it cannot be one. */
  Optional<String> reference(YamlMap map, YamlMap.Word word, Kind kind) {
    references.add(new Reference(kind, word.text(), new Place(map.file(), word.line())));
    return Optional.of(word.text()).filter(TeamId::isSound);
  }

  Optional<String> reference(YamlMap map, String field, Kind kind) {
    return map.word(field).flatMap(w -> reference(map, w, kind));
  }

  void claim(Address address, YamlMap map, int line) {
    claims.add(new Claim(address, new Place(map.file(), line)));
  }

  void serve(Address address, YamlMap map, int line) {
    claim(address, map, line);
    served.add(new Claim(address, new Place(map.file(), line)));
  }

  /** The {@code delivery} of an entry; one without a certificate is a fault. */
  Optional<Delivery> delivery(YamlMap entry) {
    return entry.map("delivery").flatMap(this::deliveryIn);
  }

  private Optional<Delivery> deliveryIn(YamlMap map) {
    Optional<Address> address = map.requiredAddress("address");
    List<Path> files = certificates(map);
    Sealing.Manner manner = manner(map);
    address.ifPresent(
        a -> deliveries.add(new Claim(a, new Place(map.file(), map.line("address")))));
    if (map.words("certificates").isEmpty()) {
      map.error("address", "NO_CERTIFICATE", address.map(Address::toString).orElse("?"));
    }
    map.tellUnknownKeys();
    return address.map(a -> new Delivery(a, new Sealing(files, manner)));
  }

  /** A delivery no other team or worker may have as well. */
  Optional<Delivery> ownDelivery(YamlMap entry) {
    Optional<Delivery> delivery = delivery(entry);
    delivery.ifPresent(
        d ->
            ownDeliveries.add(
                new Claim(d.address(), new Place(entry.file(), entry.line("delivery")))));
    return delivery;
  }

  List<Path> certificates(YamlMap map) {
    List<Path> files = new ArrayList<>();
    for (YamlMap.Word word : map.words("certificates")) {
      certificate(word, map).ifPresent(files::add);
    }
    return files;
  }

  private Optional<Path> certificate(YamlMap.Word word, YamlMap map) {
    try {
      Path path = certificates.resolve(word.text()).normalize();
      if (!isThere.test(path)) {
        problems.error(map.file(), word.line(), "CERTIFICATE_FILE_MISSING", word.text());
      }
      return Optional.of(path);
    } catch (InvalidPathException e) {
      problems.error(map.file(), word.line(), "VALUE_NOT_PATH", "certificates");
      return Optional.empty();
    }
  }

  /** What an entry says about the mail program of its reader. */
  static Sealing.Manner manner(YamlMap map) {
    return new Sealing.Manner(
        map.choice("cipher", CIPHERS),
        map.choice("keyTransport", KEY_TRANSPORTS),
        map.choice("signature", SIGNATURES));
  }
}
