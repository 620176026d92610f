package nl.wotpoort.settings;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Expertise;
import nl.wotpoort.directory.Team;
import nl.wotpoort.directory.TeamId;
import nl.wotpoort.letter.Address;
import nl.wotpoort.settings.StaffMapping.Field;

/**
 * Reads the cells of one table into fields as directory.yaml writes them. What a spreadsheet spoils
 * on its way out (a phone's leading zero, a large number as a power of ten) is a problem with its
 * cell, never repaired by a guess.
 */
final class StaffReader {

  private static final Map<String, String> DAYS =
      Map.of(
          "maandag", "ma",
          "dinsdag", "di",
          "woensdag", "wo",
          "donderdag", "do",
          "vrijdag", "vr",
          "zaterdag", "za",
          "zondag", "zo");

  private static final List<String> FUNCTIONS =
      List.of("worker", "coordinator", "client-supporter", "makelaar");

  private static final List<DateTimeFormatter> DATES =
      List.of(
          DateTimeFormatter.ISO_LOCAL_DATE,
          DateTimeFormatter.ofPattern("d-M-uuuu").withResolverStyle(ResolverStyle.STRICT),
          DateTimeFormatter.ofPattern("d/M/uuuu").withResolverStyle(ResolverStyle.STRICT));

  private final StaffMapping mapping;
  private final Directory directory;
  private final StaffTable table;
  private final Problems problems;
  private final Map<Field, List<Integer>> columns = new EnumMap<>(Field.class);

  StaffReader(StaffMapping mapping, Directory directory, StaffTable table, Problems problems) {
    this.mapping = mapping;
    this.directory = directory;
    this.table = table;
    this.problems = problems;
  }

  /** A row's fields: text as YAML takes it, lists between brackets; without what is empty. */
  record Person(int line, Map<Field, String> fields) {}

  List<Person> people() {
    mapping
        .columns()
        .forEach((field, headings) -> columns.put(field, headings.stream().map(this::at).toList()));
    List<Person> people = new ArrayList<>();
    if (problems.hasErrors()) {
      return people;
    }
    for (StaffTable.Row row : table.rows()) {
      if (row.cells().stream().anyMatch(cell -> !clean(cell).isEmpty())) {
        people.add(person(row));
      }
    }
    return people;
  }

  private int at(String heading) {
    List<String> all = table.headings().cells();
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (StaffMapping.folded(clean(all.get(i))).equals(StaffMapping.folded(heading))) {
        found.add(i);
      }
    }
    if (found.size() != 1) {
      problems.error(
          table.file(),
          table.headings().line(),
          found.isEmpty() ? "STAFF_NO_COLUMN" : "STAFF_COLUMN_TWICE",
          heading,
          String.join(", ", all.stream().map(StaffReader::clean).toList()));
    }
    return found.isEmpty() ? 0 : found.get(0);
  }

  private Person person(StaffTable.Row row) {
    Map<Field, String> fields = new EnumMap<>(Field.class);
    columns.forEach(
        (field, places) -> {
          String cell =
              String.join(" ", places.stream().map(i -> clean(cell(row, i))).toList())
                  .strip()
                  .replaceAll("\\s+", " ");
          if (!cell.isEmpty()) {
            value(field, cell, new Cell(row.line(), places.get(0)))
                .ifPresent(value -> fields.put(field, value));
          }
        });
    return new Person(row.line(), fields);
  }

  private static String cell(StaffTable.Row row, int column) {
    return column < row.cells().size() ? row.cells().get(column) : "";
  }

  /** As Excel hides it: {@code ="0612"}, a quote in front, hard spaces. */
  private static String clean(String cell) {
    String text = cell.replace('\u00A0', ' ').strip();
    if (text.startsWith("=\"") && text.endsWith("\"") && text.length() > 2) {
      text = text.substring(2, text.length() - 1).strip();
    }
    return text.startsWith("'") ? text.substring(1).strip() : text;
  }

  /** Where a cell is, for what is wrong with it. */
  private record Cell(int line, int column) {}

  private Optional<String> value(Field field, String cell, Cell at) {
    if (cell.matches("[0-9]+[.,][0-9]+E\\+?[0-9]+")) {
      return wrong(at, "STAFF_POWER_OF_TEN", cell);
    }
    String meant = mapping.meaning(field, cell);
    return switch (field) {
      case ID -> id(cell, at);
      case NAME, ORGANISATION, CERTIFICATE -> Optional.of(Yaml.text(meant));
      case FUNCTION ->
          FUNCTIONS.contains(meant) ? Optional.of(meant) : wrong(at, "STAFF_FUNCTION", cell);
      case TEAM ->
          directory
              .teamNamed(meant)
              .map(Team::id)
              .map(TeamId::value)
              .or(() -> wrong(at, "STAFF_TEAM", cell));
      case ADDRESS, DELIVERY ->
          Address.parse(meant).map(Address::toString).or(() -> wrong(at, "STAFF_ADDRESS", cell));
      case PHONE ->
          cell.matches("[1-9][0-9]{8}")
              ? wrong(at, "STAFF_LOST_ZERO", cell)
              : Optional.of(Yaml.quoted(meant));
      case EXPERTISE -> list(field, cell, at);
      case CAPACITY ->
          meant.matches("[0-9]{1,4}([.,]0+)?")
              ? Optional.of(String.valueOf(Integer.parseInt(meant.split("[.,]", 2)[0])))
              : wrong(at, "STAFF_NUMBER", cell);
      case OFFICE_DAYS -> list(field, cell, at);
      case END_DATE -> date(meant).or(() -> wrong(at, "STAFF_DATE", cell));
    };
  }

  private Optional<String> id(String cell, Cell at) {
    String id = mapping.idPrefix() + cell.toLowerCase(Locale.ROOT);
    return TeamId.isSound(id) ? Optional.of(id) : wrong(at, "STAFF_ID", id);
  }

  private Optional<String> list(Field field, String cell, Cell at) {
    List<String> words = new ArrayList<>();
    for (String part : cell.split("[,;/|]")) {
      String word = part.strip();
      if (word.isEmpty()) {
        continue;
      }
      String meant = mapping.meaning(field, word);
      Optional<String> known = field == Field.EXPERTISE ? expertise(meant) : day(meant);
      if (known.isEmpty()) {
        return wrong(at, field == Field.EXPERTISE ? "STAFF_EXPERTISE" : "STAFF_DAY", word);
      }
      words.add(known.get());
    }
    return Optional.of("[" + String.join(", ", words) + "]");
  }

  private Optional<String> expertise(String word) {
    return directory.expertiseNamed(word).map(Expertise::code);
  }

  private static Optional<String> day(String word) {
    String folded = StaffMapping.folded(word);
    return DAYS.containsValue(folded) ? Optional.of(folded) : Optional.ofNullable(DAYS.get(folded));
  }

  private static Optional<String> date(String text) {
    for (DateTimeFormatter form : DATES) {
      try {
        return Optional.of(LocalDate.parse(text, form).toString());
      } catch (DateTimeException other) {
        // the next form
      }
    }
    return Optional.empty();
  }

  private Optional<String> wrong(Cell at, String code, String cell) {
    String heading = clean(cell(table.headings(), at.column()));
    problems.error(table.file(), at.line(), code, cell, StaffTable.letters(at.column()), heading);
    return Optional.empty();
  }

  /** Values as YAML writes them. */
  static final class Yaml {

    private static final List<String> WORDS =
        List.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private Yaml() {}

    static String text(String text) {
      boolean plain =
          text.matches("\\p{L}[\\p{L}0-9 .@_/'&()-]*")
              && !WORDS.contains(text.toLowerCase(Locale.ROOT));
      return plain ? text : quoted(text);
    }

    static String quoted(String text) {
      return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
  }
}
