package nl.wotpoort.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a table of staff from elsewhere becomes workers: which column holds which field, and what its
 * words mean here. Read from a file; immutable.
 *
 * @param key the field a row finds its worker by
 * @param idPrefix goes before what the column of the id holds
 * @param delimiter between cells; empty: as the table itself shows
 * @param columns by field, the headings whose cells are joined with a space
 * @param values by field, what a word in the table means
 */
public record StaffMapping(
    Field key,
    String idPrefix,
    Optional<String> delimiter,
    Map<Field, List<String>> columns,
    Map<Field, Map<String, String>> values) {

  /** What a table can say of a worker. */
  public enum Field {
    ID("id"),
    NAME("name"),
    FUNCTION("function"),
    ORGANISATION("organisation"),
    TEAM("team"),
    ADDRESS("address"),
    DELIVERY("delivery"),
    CERTIFICATE("certificate"),
    PHONE("phone"),
    EXPERTISE("expertise"),
    CAPACITY("capacity"),
    OFFICE_DAYS("officeDays"),
    END_DATE("endDate");

    private final String word;

    Field(String word) {
      this.word = word;
    }

    /** As directory.yaml calls it. */
    String word() {
      return word;
    }
  }

  private static final Map<String, Field> KEYS = Map.of("id", Field.ID, "address", Field.ADDRESS);

  private static final Map<String, String> DELIMITERS =
      Map.of("semicolon", ";", "comma", ",", "tab", "\t");

  public StaffMapping {
    columns = Map.copyOf(columns);
    values = Map.copyOf(values);
  }

  /** Reads a mapping; every problem has its line in {@code name}. */
  public static Loaded<StaffMapping> read(byte[] bytes, String name) {
    Problems problems = new Problems();
    Optional<StaffMapping> mapping =
        YamlFile.read(bytes, name, problems).map(StaffMapping::mapping);
    return problems.hasErrors() || mapping.isEmpty()
        ? Loaded.failed(problems.inOrder())
        : Loaded.of(mapping.get(), problems.inOrder());
  }

  private static StaffMapping mapping(YamlMap map) {
    Field key = map.choice("key", KEYS).orElse(Field.ID);
    String prefix = map.word("idPrefix").map(YamlMap.Word::text).orElse("");
    Optional<String> delimiter = map.choice("delimiter", DELIMITERS);
    Map<Field, List<String>> columns = new TreeMap<>();
    map.requiredMap("columns").ifPresent(c -> columns.putAll(columns(c)));
    Map<Field, Map<String, String>> values = new TreeMap<>();
    map.map("values").ifPresent(v -> values.putAll(values(v)));
    map.tellUnknownKeys();
    if (map.has("columns") && !columns.containsKey(key)) {
      map.error("columns", "STAFF_NO_KEY", key.word());
    }
    return new StaffMapping(key, prefix, delimiter, columns, values);
  }

  private static Map<Field, List<String>> columns(YamlMap map) {
    Map<Field, List<String>> columns = new TreeMap<>();
    for (Field field : Field.values()) {
      List<String> headings = new ArrayList<>();
      if (map.isList(field.word())) {
        map.words(field.word()).forEach(word -> headings.add(word.text()));
      } else {
        map.word(field.word()).ifPresent(word -> headings.add(word.text()));
      }
      if (!headings.isEmpty()) {
        columns.put(field, List.copyOf(headings));
      }
    }
    map.tellUnknownKeys();
    return columns;
  }

  private static Map<Field, Map<String, String>> values(YamlMap map) {
    Map<Field, Map<String, String>> values = new TreeMap<>();
    for (Field field : Field.values()) {
      map.map(field.word())
          .ifPresent(
              words -> {
                Map<String, String> meanings = new LinkedHashMap<>();
                for (YamlMap.Word word : words.keys()) {
                  words
                      .word(word.text())
                      .ifPresent(meant -> meanings.put(folded(word.text()), meant.text()));
                }
                values.put(field, Map.copyOf(meanings));
              });
    }
    map.tellUnknownKeys();
    return values;
  }

  /** What a word of the table means; itself when nothing else was said. */
  String meaning(Field field, String word) {
    return values.getOrDefault(field, Map.of()).getOrDefault(folded(word), word);
  }

  static String folded(String word) {
    return word.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }
}
