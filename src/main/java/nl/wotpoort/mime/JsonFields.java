package nl.wotpoort.mime;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import nl.wotpoort.letter.Letter.Unrecognised.Why;

/**
 * The fields of one JSON object and the path to it. Null and blank are absent; a wrong type, form
 * or size is {@link Unreadable} with the path. The same rules as docs/schema, which a test holds.
 */
final class JsonFields {

  static final int SHORT = 300;
  static final int LONG = 20_000;
  static final int MOST_ITEMS = 100;

  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern INSTANT =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?"
              + "(Z|[+-][0-9]{2}:[0-9]{2})");

  private final JsonNode node;
  private final String path;

  private JsonFields(JsonNode node, String path) {
    this.node = node;
    this.path = path;
  }

  static JsonFields of(JsonNode root) throws Unreadable {
    return of(root, "");
  }

  private static JsonFields of(JsonNode node, String path) throws Unreadable {
    if (!node.isObject()) {
      throw malformed(path.isEmpty() ? "json" : path);
    }
    return new JsonFields(node, path);
  }

  static Unreadable malformed(String path) {
    return new Unreadable(Why.MALFORMED_JSON, path);
  }

  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private Optional<JsonNode> get(String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  private static String textOf(JsonNode value, String path, int longest) throws Unreadable {
    if (!value.isTextual()) {
      throw malformed(path);
    }
    String text = value.textValue();
    if (text.codePointCount(0, text.length()) > longest) {
      throw malformed(path);
    }
    return text;
  }

  Optional<String> text(String name, int longest) throws Unreadable {
    Optional<JsonNode> value = get(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    String text = Controls.removeFromText(textOf(value.get(), path(name), longest)).strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** A text of exactly that form. */
  Optional<String> text(String name, Pattern form) throws Unreadable {
    Optional<JsonNode> value = get(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    String text = textOf(value.get(), path(name), SHORT);
    if (!form.matcher(text).matches()) {
      throw malformed(path(name));
    }
    return Optional.of(text);
  }

  Optional<LocalDate> date(String name) throws Unreadable {
    Optional<String> text = text(name, DATE);
    try {
      return text.map(LocalDate::parse);
    } catch (DateTimeException e) {
      throw malformed(path(name));
    }
  }

  void checkInstant(String name) throws Unreadable {
    Optional<String> text = text(name, INSTANT);
    try {
      text.ifPresent(OffsetDateTime::parse);
    } catch (DateTimeException e) {
      throw malformed(path(name));
    }
  }

  Optional<Boolean> truth(String name) throws Unreadable {
    Optional<JsonNode> value = get(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!value.get().isBoolean()) {
      throw malformed(path(name));
    }
    return Optional.of(value.get().booleanValue());
  }

  /** A whole number from 1 to 999, which must be there. */
  int number(String name) throws Unreadable {
    JsonNode value = get(name).orElseThrow(() -> malformed(path(name)));
    boolean whole =
        value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToInt();
    if (!whole || value.intValue() < 1 || value.intValue() > 999) {
      throw malformed(path(name));
    }
    return value.intValue();
  }

  Optional<JsonFields> object(String name) throws Unreadable {
    Optional<JsonNode> value = get(name);
    return value.isPresent() ? Optional.of(of(value.get(), path(name))) : Optional.empty();
  }

  List<JsonFields> objects(String name) throws Unreadable {
    List<JsonFields> found = new ArrayList<>();
    List<JsonNode> items = items(name);
    for (int i = 0; i < items.size(); i++) {
      found.add(of(items.get(i), path(name) + "[" + i + "]"));
    }
    return found;
  }

  /** One object or a list of them. */
  List<JsonFields> oneOrMore(String name) throws Unreadable {
    boolean one = get(name).filter(JsonNode::isObject).isPresent();
    return one ? List.of(of(node.get(name), path(name))) : objects(name);
  }

  List<String> texts(String name, int longest) throws Unreadable {
    List<String> found = new ArrayList<>();
    List<JsonNode> items = items(name);
    for (int i = 0; i < items.size(); i++) {
      String text = textOf(items.get(i), path(name) + "[" + i + "]", longest);
      if (!text.isBlank()) {
        found.add(Controls.removeFromText(text).strip());
      }
    }
    return found;
  }

  List<String> texts(String name, Pattern form) throws Unreadable {
    List<String> found = new ArrayList<>();
    List<JsonNode> items = items(name);
    for (int i = 0; i < items.size(); i++) {
      String at = path(name) + "[" + i + "]";
      String text = textOf(items.get(i), at, SHORT);
      if (!form.matcher(text).matches()) {
        throw malformed(at);
      }
      found.add(text);
    }
    return found;
  }

  private List<JsonNode> items(String name) throws Unreadable {
    Optional<JsonNode> value = get(name);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!value.get().isArray() || value.get().size() > MOST_ITEMS) {
      throw malformed(path(name));
    }
    List<JsonNode> items = new ArrayList<>();
    value.get().forEach(items::add);
    return items;
  }
}
