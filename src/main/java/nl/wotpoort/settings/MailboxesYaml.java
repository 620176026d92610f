package nl.wotpoort.settings;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.directory.Delivery;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.directory.Mailbox.Desk;
import nl.wotpoort.directory.TeamId;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Party;
import nl.wotpoort.settings.RoutesDraft.Drafted;
import nl.wotpoort.settings.RoutesDraft.Kind;

/** Reads mailboxes.yaml: the addresses served and what each is. */
final class MailboxesYaml {

  private static final String TEAM = "team";
  private static final String GENERAL = "general";
  private static final String CLOSED = "closed";
  private static final Map<String, String> KINDS = kinds();

  private final RoutesDraft draft;
  private final Map<Desk.Kind, Integer> desks = new EnumMap<>(Desk.Kind.class);

  MailboxesYaml(RoutesDraft draft) {
    this.draft = draft;
  }

  private static Map<String, String> kinds() {
    Map<String, String> kinds = new HashMap<>(Map.of(TEAM, TEAM, GENERAL, GENERAL, CLOSED, CLOSED));
    for (Desk.Kind desk : Desk.Kind.values()) {
      String word = desk.name().toLowerCase(Locale.ROOT);
      kinds.put(word, word);
    }
    return Map.copyOf(kinds);
  }

  void read(YamlMap root) {
    root.requiredMaps("mailboxes").forEach(this::mailbox);
    root.tellUnknownKeys();
  }

  private void mailbox(YamlMap map) {
    Optional<Address> address = map.requiredAddress("address");
    address.ifPresent(a -> draft.serve(a, map, map.line("address")));
    Set<Address> aliases = new LinkedHashSet<>();
    for (YamlMap.Word word : map.words("aliases")) {
      map.addressIn(word, "aliases")
          .ifPresent(
              a -> {
                draft.serve(a, map, word.line());
                aliases.add(a);
              });
    }
    Optional<String> kind = map.requiredWord("kind").flatMap(w -> map.choiceIn(w, "kind", KINDS));
    Optional<Mailbox> mailbox = kind.flatMap(k -> ofKind(k, map, address, aliases));
    kind.ifPresent(k -> map.tellUnknownKeys());
    mailbox.ifPresent(m -> draft.mailboxes.add(new Drafted<>(m, map)));
  }

  private Optional<Mailbox> ofKind(
      String kind, YamlMap map, Optional<Address> address, Set<Address> aliases) {
    return switch (kind) {
      case TEAM -> team(map, address, aliases);
      case GENERAL -> general(map, address, aliases);
      case CLOSED -> closed(map, address, aliases);
      default -> desk(Desk.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), map, address, aliases);
    };
  }

  private Optional<Mailbox> team(YamlMap map, Optional<Address> address, Set<Address> aliases) {
    Optional<TeamId> team =
        map.requiredWord("team").flatMap(w -> draft.reference(map, w, Kind.TEAM)).map(TeamId::new);
    return address.flatMap(a -> team.map(t -> new Mailbox.TeamMailbox(a, aliases, t)));
  }

  private Optional<Mailbox> general(YamlMap map, Optional<Address> address, Set<Address> aliases) {
    Optional<Delivery> delivery = draft.delivery(map);
    return address.map(a -> new Mailbox.General(a, aliases, delivery));
  }

  private Optional<Mailbox> closed(YamlMap map, Optional<Address> address, Set<Address> aliases) {
    Optional<String> text = map.requiredWord("text").map(YamlMap.Word::text);
    return address.flatMap(a -> text.map(t -> new Mailbox.Closed(a, aliases, t)));
  }

  private Optional<Mailbox> desk(
      Desk.Kind kind, YamlMap map, Optional<Address> address, Set<Address> aliases) {
    Integer before = desks.putIfAbsent(kind, map.line("kind"));
    if (before != null) {
      map.error("kind", "DESK_TWICE", kind.name().toLowerCase(Locale.ROOT), before);
    }
    Optional<Party> party = party(map);
    Optional<Delivery> delivery = draft.delivery(map);
    if (kind.isMindedByPeople() && !map.has("delivery")) {
      map.error("kind", "DESK_WITHOUT_DELIVERY", kind.name().toLowerCase(Locale.ROOT));
    }
    return address.map(
        a -> new Desk(a, aliases, kind, party.orElseGet(kind::usualParty), delivery));
  }

  private static Optional<Party> party(YamlMap map) {
    Optional<YamlMap.Word> word = map.word("party");
    boolean sound = word.map(w -> w.text().matches("[a-z][a-z0-9:/.-]{0,99}")).orElse(true);
    if (!sound) {
      map.error("party", "VALUE_NOT_PARTY");
    }
    return word.filter(w -> sound).map(w -> new Party(w.text()));
  }
}
