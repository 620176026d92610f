package nl.wotpoort.settings;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import nl.wotpoort.directory.Partner;
import nl.wotpoort.directory.Professional;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.settings.RoutesDraft.Drafted;
import nl.wotpoort.settings.RoutesDraft.Kind;

/** Reads partners.yaml: practices, their people and certificates. */
final class PartnersYaml {

  private static final Map<String, Professional.Kind> KINDS =
      Map.of(
          "gp", Professional.Kind.GP,
          "locum", Professional.Kind.LOCUM,
          "assistant", Professional.Kind.ASSISTANT);

  private final RoutesDraft draft;
  private final Map<String, Integer> domains = new HashMap<>();

  PartnersYaml(RoutesDraft draft) {
    this.draft = draft;
  }

  void read(YamlMap root) {
    root.requiredMaps("partners").forEach(this::partner);
    root.tellUnknownKeys();
  }

  private void partner(YamlMap map) {
    Optional<String> id = draft.id(map, "id", Kind.PARTNER);
    Optional<String> name = map.requiredWord("name").map(YamlMap.Word::text);
    Optional<String> agb = agb(map);
    Optional<String> group = map.requiredWord("group").map(YamlMap.Word::text);
    List<Address> addresses = addresses(map);
    List<Path> certificates = draft.certificates(map);
    if (!addresses.isEmpty() && map.words("certificates").isEmpty()) {
      map.error("addresses", "NO_CERTIFICATE", addresses.get(0));
    }
    Set<String> organisationDomains = organisationDomains(map);
    boolean practiceHasOne = !map.words("certificates").isEmpty();
    List<Professional> people = people(map, practiceHasOne);
    Sealing.Manner manner = RoutesDraft.manner(map);
    map.tellUnknownKeys();
    if (id.isPresent() && name.isPresent() && group.isPresent()) {
      Partner partner =
          new Partner(
              id.get(),
              name.get(),
              agb,
              group.get(),
              addresses,
              certificates,
              organisationDomains,
              manner,
              people);
      draft.partners.add(new Drafted<>(partner, map));
    }
  }

  private static Optional<String> agb(YamlMap map) {
    Optional<String> agb = map.wordOrNumber("agb").map(YamlMap.Word::text);
    agb.filter(a -> !a.matches("[0-9]{8}")).ifPresent(a -> map.error("agb", "AGB_FORM"));
    return agb;
  }

  private List<Address> addresses(YamlMap map) {
    List<Address> addresses = new ArrayList<>();
    for (YamlMap.Word word : map.words("addresses")) {
      map.addressIn(word, "addresses")
          .ifPresent(
              a -> {
                draft.claim(a, map, word.line());
                addresses.add(a);
              });
    }
    return addresses;
  }

  private Set<String> organisationDomains(YamlMap map) {
    Set<String> found = new TreeSet<>();
    for (YamlMap.Word word : map.words("organisationDomains")) {
      String domain = word.text().toLowerCase(Locale.ROOT);
      Integer before = domains.putIfAbsent(domain, word.line());
      if (!PropertyAsker.isDomain(domain)) {
        draft.problems.error(
            map.file(),
            word.line(),
            "VALUE_NOT_DOMAIN",
            "organisationDomains",
            "praktijk-delinde.example");
      } else if (before != null) {
        draft.problems.error(map.file(), word.line(), "DOMAIN_TWICE", domain, before);
      } else {
        found.add(domain);
      }
    }
    if (!found.isEmpty() && map.words("certificates").isEmpty()) {
      map.error("organisationDomains", "DOMAIN_WITHOUT_CERTIFICATE");
    }
    return found;
  }

  private List<Professional> people(YamlMap practice, boolean practiceHasCertificate) {
    List<Professional> people = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (YamlMap map : practice.maps("professionals")) {
      Optional<String> id = ownId(map, seen);
      Optional<Confidential<String>> name =
          map.requiredWord("name").map(w -> Confidential.of(w.text()));
      Professional.Kind kind = map.choice("kind", KINDS).orElse(Professional.Kind.GP);
      Optional<String> agb = agb(map);
      List<Address> addresses = addresses(map);
      if (!map.has("addresses") || map.words("addresses").isEmpty()) {
        map.error("addresses", "FIELD_MISSING", "addresses");
      }
      List<Path> certificates = draft.certificates(map);
      if (map.words("certificates").isEmpty() && !practiceHasCertificate) {
        map.error("id", "NO_CERTIFICATE", addresses.isEmpty() ? "?" : addresses.get(0));
      }
      Optional<LocalDate> from = map.date("from");
      Optional<LocalDate> until = map.date("until");
      if (from.isPresent() && until.isPresent() && until.get().isBefore(from.get())) {
        map.error("until", "PERIOD_BACKWARDS");
      }
      map.tellUnknownKeys();
      if (id.isPresent() && name.isPresent() && !addresses.isEmpty()) {
        people.add(
            new Professional(
                id.get(), name.get(), kind, agb, addresses, certificates, from, until));
      }
    }
    return people;
  }

  /** An id is a professional's own within the practice. */
  private static Optional<String> ownId(YamlMap map, Map<String, Integer> seen) {
    Optional<YamlMap.Word> word = map.requiredWord("id");
    if (word.isEmpty()) {
      return Optional.empty();
    }
    String id = word.get().text();
    if (!WorkerId.isSound(id)) {
      map.error("id", "ID_FORM", "id");
      return Optional.empty();
    }
    Integer before = seen.putIfAbsent(id, word.get().line());
    if (before != null) {
      map.error("id", "ID_TWICE", id, before);
    }
    return Optional.of(id);
  }
}
