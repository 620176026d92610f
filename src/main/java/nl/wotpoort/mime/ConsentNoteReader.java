package nl.wotpoort.mime;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wotpoort.letter.VerifiedContent;
import nl.wotpoort.mime.ConsentNote.Field;

/**
 * Reads a mail to the consent desk: one JSON part ({@code wotpoort.consent/1}), or else lines
 * {@code Label: value}; a line that follows a value goes on with it. Only the sender's own lines
 * count. Total: what cannot be read gives an empty note. Stateless and thread-safe.
 */
public final class ConsentNoteReader {

  static final String SCHEMA = "wotpoort.consent/1";

  private static final Pattern LINE = Pattern.compile("\\s*([^:]{2,40}?)\\s*:\\s*(.*)");
  private static final int LONGEST = 2000;

  private static final Map<String, Field> WORDS =
      Map.ofEntries(
          Map.entry("intrekken", Field.WITHDRAW),
          Map.entry("withdraw", Field.WITHDRAW),
          Map.entry("ingetrokken door", Field.WITHDRAWN_BY),
          Map.entry("withdrawn by", Field.WITHDRAWN_BY),
          Map.entry("hoe", Field.HOW),
          Map.entry("how", Field.HOW),
          Map.entry("soort", Field.KIND),
          Map.entry("kind", Field.KIND),
          Map.entry("client", Field.NAME),
          Map.entry("naam", Field.NAME),
          Map.entry("naam client", Field.NAME),
          Map.entry("name", Field.NAME),
          Map.entry("voorletters", Field.INITIALS),
          Map.entry("initials", Field.INITIALS),
          Map.entry("geboortedatum", Field.BIRTH_DATE),
          Map.entry("birth date", Field.BIRTH_DATE),
          Map.entry("postcode", Field.POSTCODE),
          Map.entry("huisnummer", Field.HOUSE_NUMBER),
          Map.entry("house number", Field.HOUSE_NUMBER),
          Map.entry("bsn", Field.BSN),
          Map.entry("gegeven door", Field.BY),
          Map.entry("toestemming door", Field.BY),
          Map.entry("given by", Field.BY),
          Map.entry("houder", Field.HOLDERS),
          Map.entry("gegevens van", Field.HOLDERS),
          Map.entry("holder", Field.HOLDERS),
          Map.entry("ontvanger", Field.RECIPIENTS),
          Map.entry("gegevens aan", Field.RECIPIENTS),
          Map.entry("recipient", Field.RECIPIENTS),
          Map.entry("doel", Field.PURPOSES),
          Map.entry("purpose", Field.PURPOSES),
          Map.entry("gegevens", Field.CATEGORIES),
          Map.entry("categories", Field.CATEGORIES),
          Map.entry("vanaf", Field.FROM),
          Map.entry("from", Field.FROM),
          Map.entry("tot en met", Field.UNTIL),
          Map.entry("tot", Field.UNTIL),
          Map.entry("until", Field.UNTIL),
          Map.entry("wijze", Field.METHOD),
          Map.entry("method", Field.METHOD),
          Map.entry("gegeven op", Field.OBTAINED_ON),
          Map.entry("given on", Field.OBTAINED_ON),
          Map.entry("plaats", Field.WHERE),
          Map.entry("where", Field.WHERE),
          Map.entry("gevraagd door", Field.OBTAINED_BY),
          Map.entry("asked by", Field.OBTAINED_BY),
          Map.entry("dossier", Field.PLACE),
          Map.entry("verteld", Field.TOLD),
          Map.entry("told", Field.TOLD),
          Map.entry("bewijs", Field.EVIDENCE),
          Map.entry("evidence", Field.EVIDENCE),
          Map.entry("wilsbekwaam", Field.CAPABLE),
          Map.entry("capable", Field.CAPABLE),
          Map.entry("vervangt", Field.REPLACES),
          Map.entry("replaces", Field.REPLACES));

  /** Where each field stands in the JSON form: those of {@code client} in that object. */
  private static final Map<Field, String> MEMBERS =
      Map.ofEntries(
          Map.entry(Field.WITHDRAW, "withdraw"),
          Map.entry(Field.WITHDRAWN_BY, "who"),
          Map.entry(Field.HOW, "how"),
          Map.entry(Field.KIND, "type"),
          Map.entry(Field.FROM, "from"),
          Map.entry(Field.UNTIL, "until"),
          Map.entry(Field.METHOD, "method"),
          Map.entry(Field.OBTAINED_ON, "obtainedOn"),
          Map.entry(Field.WHERE, "where"),
          Map.entry(Field.OBTAINED_BY, "obtainedBy"),
          Map.entry(Field.PLACE, "place"),
          Map.entry(Field.TOLD, "told"),
          Map.entry(Field.EVIDENCE, "evidence"),
          Map.entry(Field.REPLACES, "replaces"));

  private static final Map<Field, String> OF_CLIENT =
      Map.of(
          Field.NAME, "name",
          Field.INITIALS, "initials",
          Field.BIRTH_DATE, "birthDate",
          Field.POSTCODE, "postcode",
          Field.HOUSE_NUMBER, "houseNumber",
          Field.BSN, "bsn");

  private static final Map<Field, String> LISTS =
      Map.of(
          Field.BY, "by",
          Field.HOLDERS, "holders",
          Field.RECIPIENTS, "recipients",
          Field.PURPOSES, "purposes",
          Field.CATEGORIES, "categories");

  public ConsentNote read(VerifiedContent content) {
    try {
      MailContents contents = MailContents.of(PartTree.of(content.entity()));
      return contents.jsonParts().size() == 1
          ? json(JsonFields.of(JsonLetter.parsed(contents.jsonParts().get(0))))
          : lines(OwnLines.of(contents.text()));
    } catch (Unreadable e) {
      return new ConsentNote(Map.of(), Set.of());
    }
  }

  private static ConsentNote lines(List<String> lines) {
    Map<Field, String> values = new EnumMap<>(Field.class);
    Set<Field> twice = EnumSet.noneOf(Field.class);
    Optional<Field> open = Optional.empty();
    for (String line : lines) {
      Matcher labelled = LINE.matcher(line);
      Optional<Field> field =
          labelled.matches()
              ? Optional.ofNullable(WORDS.get(Wording.key(labelled.group(1))))
              : Optional.empty();
      if (field.isPresent()) {
        put(values, twice, field.get(), Wording.tidy(labelled.group(2)));
        open = field;
      } else if (line.isBlank()) {
        open = Optional.empty();
      } else if (open.isPresent()) {
        values.merge(open.get(), Wording.tidy(line), (old, more) -> (old + " " + more).strip());
      }
    }
    values.values().removeIf(value -> value.isBlank() || value.length() > LONGEST);
    return new ConsentNote(values, twice);
  }

  private static void put(Map<Field, String> values, Set<Field> twice, Field field, String value) {
    String before = values.putIfAbsent(field, value);
    if (before != null && !before.equals(value)) {
      twice.add(field);
    }
  }

  private static ConsentNote json(JsonFields json) throws Unreadable {
    if (!json.text("schema", JsonFields.SHORT).equals(Optional.of(SCHEMA))) {
      return new ConsentNote(Map.of(), Set.of());
    }
    Map<Field, String> values = new EnumMap<>(Field.class);
    texts(json, MEMBERS, values);
    Optional<JsonFields> client = json.object("client");
    if (client.isPresent()) {
      texts(client.get(), OF_CLIENT, values);
    }
    for (Map.Entry<Field, String> list : LISTS.entrySet()) {
      List<String> items = json.texts(list.getValue(), JsonFields.SHORT);
      if (!items.isEmpty()) {
        values.put(list.getKey(), String.join("; ", items));
      }
    }
    json.truth("capable").ifPresent(able -> values.put(Field.CAPABLE, able ? "ja" : "nee"));
    return new ConsentNote(values, Set.of());
  }

  private static void texts(JsonFields json, Map<Field, String> members, Map<Field, String> values)
      throws Unreadable {
    for (Map.Entry<Field, String> member : members.entrySet()) {
      json.text(member.getValue(), LONGEST).ifPresent(text -> values.put(member.getKey(), text));
    }
  }
}
