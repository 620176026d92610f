package nl.wotpoort.settings;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import nl.wotpoort.letter.Address;

/**
 * A mapping in a YAML file, asked for its fields by name and kind. What does not fit becomes a
 * problem at its line and an empty answer; fields nobody asked for are unknown keys.
 */
final class YamlMap {

  private static final int LONGEST_TEXT = 2000;

  private final String file;
  private final Problems problems;
  private final int line;
  private final Map<String, YamlNode.Field> fields = new LinkedHashMap<>();

  /** A list, for it lives as long as the mapping: of ten thousand workers that is felt. */
  private final List<String> asked = new ArrayList<>();

  YamlMap(YamlNode.Fields node, String file, Problems problems) {
    this.file = file;
    this.problems = problems;
    this.line = node.line();
    node.fields().forEach(this::add);
  }

  /** A word with the line it stands on. */
  record Word(String text, int line) {}

  private void add(YamlNode.Field field) {
    YamlNode key = field.key();
    if (!(key instanceof YamlNode.Scalar word)) {
      problems.error(file, key.line(), "KEY_NOT_WORD");
      return;
    }
    YamlNode.Field before = fields.putIfAbsent(word.text(), field);
    if (before != null) {
      problems.error(file, key.line(), "KEY_TWICE", shown(word.text()), before.key().line());
    }
  }

  String file() {
    return file;
  }

  int line() {
    return line;
  }

  /** The line of a field, else of the mapping itself. */
  int line(String field) {
    YamlNode.Field found = fields.get(field);
    return found == null ? line : found.key().line();
  }

  boolean has(String field) {
    return fields.containsKey(field);
  }

  boolean isList(String field) {
    YamlNode.Field found = fields.get(field);
    return found != null && found.value() instanceof YamlNode.Items;
  }

  void error(String field, String code, Object... arguments) {
    problems.error(file, line(field), code, arguments);
  }

  void warning(String field, String code, Object... arguments) {
    problems.warning(file, line(field), code, arguments);
  }

  private Optional<YamlNode> node(String field) {
    asked.add(field);
    return Optional.ofNullable(fields.get(field)).map(YamlNode.Field::value);
  }

  private Optional<YamlNode> required(String field) {
    Optional<YamlNode> node = node(field);
    if (node.isEmpty()) {
      problems.error(file, line, "FIELD_MISSING", field);
    }
    return node;
  }

  Optional<Word> word(String field) {
    return node(field).flatMap(n -> wordIn(n, field));
  }

  Optional<Word> requiredWord(String field) {
    return required(field).flatMap(n -> wordIn(n, field));
  }

  /** A number counts as a word where people write digits: postcodes, phones. */
  Optional<Word> wordOrNumber(String field) {
    return node(field).flatMap(n -> wordOrNumberIn(n, field));
  }

  private Optional<Word> wordIn(YamlNode node, String field) {
    return node instanceof YamlNode.Scalar word && word.kind() == YamlNode.Scalar.Kind.TEXT
        ? textIn(word, field)
        : wrong(node, field, "text");
  }

  private Optional<Word> wordOrNumberIn(YamlNode node, String field) {
    return isNumber(node) ? textIn((YamlNode.Scalar) node, field) : wordIn(node, field);
  }

  private static boolean isNumber(YamlNode node) {
    return node instanceof YamlNode.Scalar word && word.kind() == YamlNode.Scalar.Kind.NUMBER;
  }

  private Optional<Word> textIn(YamlNode.Scalar word, String field) {
    String text = word.text().strip();
    if (text.isEmpty() || text.length() > LONGEST_TEXT) {
      problems.error(file, word.line(), "TEXT_LENGTH", field, LONGEST_TEXT);
      return Optional.empty();
    }
    return Optional.of(new Word(text, word.line()));
  }

  Optional<Integer> number(String field, int least, int most) {
    Optional<YamlNode> node = node(field);
    Optional<Integer> number =
        node.filter(YamlMap::isNumber)
            .map(n -> ((YamlNode.Scalar) n).text())
            .filter(YamlMap::isShortNumber)
            .map(Integer::parseInt)
            .filter(n -> n >= least && n <= most);
    if (node.isPresent() && number.isEmpty()) {
      problems.error(
          file,
          node.get().line(),
          "VALUE_NOT_NUMBER",
          field,
          Integer.toString(least),
          Integer.toString(most));
    }
    return number;
  }

  private static boolean isShortNumber(String text) {
    return !text.isEmpty()
        && text.length() <= 9
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  Optional<LocalDate> date(String field) {
    return word(field).flatMap(w -> dateIn(w, field));
  }

  Optional<LocalDate> requiredDate(String field) {
    return requiredWord(field).flatMap(w -> dateIn(w, field));
  }

  private Optional<LocalDate> dateIn(Word word, String field) {
    try {
      return Optional.of(LocalDate.parse(word.text()));
    } catch (DateTimeParseException e) {
      problems.error(file, word.line(), "VALUE_NOT_DATE", field);
      return Optional.empty();
    }
  }

  Optional<Address> address(String field) {
    return word(field).flatMap(w -> addressIn(w, field));
  }

  Optional<Address> requiredAddress(String field) {
    return requiredWord(field).flatMap(w -> addressIn(w, field));
  }

  Optional<Address> addressIn(Word word, String field) {
    Optional<Address> address = Address.parse(word.text());
    if (address.isEmpty()) {
      problems.error(file, word.line(), "VALUE_NOT_ADDRESS", field, "oost@wotschiedam.nl");
    }
    return address;
  }

  /** One of some words, any case; empty when nothing or something else is said. */
  <T> Optional<T> choice(String field, Map<String, T> choices) {
    return word(field).flatMap(w -> choiceIn(w, field, choices));
  }

  <T> Optional<T> choiceIn(Word word, String field, Map<String, T> choices) {
    Optional<T> choice = Optional.ofNullable(choices.get(word.text()));
    if (choice.isEmpty()) {
      String all = String.join(", ", new TreeMap<>(choices).keySet());
      problems.error(file, word.line(), "VALUE_NOT_CHOICE", field, all);
    }
    return choice;
  }

  /** The words of a list; none when the field is not there. */
  List<Word> words(String field) {
    return items(field, n -> wordIn(n, field));
  }

  List<Word> wordsOrNumbers(String field) {
    return items(field, n -> wordOrNumberIn(n, field));
  }

  List<YamlMap> maps(String field) {
    return items(field, n -> mapIn(n, field));
  }

  List<YamlMap> requiredMaps(String field) {
    return required(field).isPresent() ? maps(field) : List.of();
  }

  Optional<YamlMap> map(String field) {
    return node(field).flatMap(n -> mapIn(n, field));
  }

  Optional<YamlMap> requiredMap(String field) {
    return required(field).flatMap(n -> mapIn(n, field));
  }

  private Optional<YamlMap> mapIn(YamlNode node, String field) {
    return node instanceof YamlNode.Fields mapping
        ? Optional.of(new YamlMap(mapping, file, problems))
        : wrong(node, field, "mapping");
  }

  private <T> List<T> items(String field, Function<YamlNode, Optional<T>> reader) {
    Optional<YamlNode> node = node(field);
    if (node.isEmpty()) {
      return List.of();
    }
    if (!(node.get() instanceof YamlNode.Items list)) {
      wrong(node.get(), field, "list");
      return List.of();
    }
    List<T> items = new ArrayList<>();
    list.items().forEach(n -> reader.apply(n).ifPresent(items::add));
    return items;
  }

  /** The field names, for a mapping whose keys are ids. All of them count as asked for. */
  List<Word> keys() {
    asked.addAll(fields.keySet());
    return fields.keySet().stream().map(k -> new Word(k, line(k))).toList();
  }

  private <T> Optional<T> wrong(YamlNode node, String field, String wanted) {
    problems.error(
        file, node.line(), "WRONG_TYPE_" + wanted.toUpperCase(Locale.ROOT), shown(field));
    return Optional.empty();
  }

  /** To be called when everything was asked. */
  void tellUnknownKeys() {
    Set<String> known = new TreeSet<>(asked);
    for (String key : fields.keySet()) {
      if (known.contains(key)) {
        continue;
      }
      Optional<String> meant = Suggestion.forWord(key, known);
      if (meant.isPresent()) {
        problems.error(file, line(key), "UNKNOWN_KEY_MEANT", shown(key), meant.get());
      } else {
        problems.error(file, line(key), "UNKNOWN_KEY", shown(key));
      }
    }
  }

  private static String shown(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
