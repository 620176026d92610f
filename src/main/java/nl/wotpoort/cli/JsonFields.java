package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * The members of one JSON object of a scenario. An absent member and null are the same; a member of
 * the wrong type is told by its name, never by its content.
 */
final class JsonFields {

  private static final int DATE_LENGTH = 10;

  private final String id;
  private final JsonNode object;

  JsonFields(String id, JsonNode object) {
    this.id = id;
    this.object = object;
  }

  BadScenarioException wrong(String name, String key) {
    return new BadScenarioException(id, Texts.of("decide", Language.NL).say(key, name));
  }

  private JsonNode get(String name) {
    JsonNode value = object.path(name);
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  boolean has(String name) {
    return !get(name).isMissingNode();
  }

  boolean is(String name, boolean value) {
    return get(name).isBoolean() && get(name).booleanValue() == value;
  }

  Optional<Boolean> flag(String name) throws BadScenarioException {
    if (has(name) && !get(name).isBoolean()) {
      throw wrong(name, "notFlag");
    }
    return has(name) ? Optional.of(get(name).booleanValue()) : Optional.empty();
  }

  /** A text or a number, trimmed; blank is absent. */
  Optional<String> text(String name) throws BadScenarioException {
    if (has(name) && !get(name).isTextual() && !get(name).isNumber()) {
      throw wrong(name, "notText");
    }
    return Optional.of(get(name).asText("").strip()).filter(text -> !text.isEmpty());
  }

  /** A list of texts; one text alone is a list of one; blank ones and null fall away. */
  List<String> texts(String name) throws BadScenarioException {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : items(name)) {
      if (!item.isTextual() && !item.isNull()) {
        throw wrong(name, "notTexts");
      }
      if (!item.asText("").isBlank() && !item.isNull()) {
        texts.add(item.asText().strip());
      }
    }
    return texts;
  }

  /** Whether a list of texts has an empty place: a blank text or null. */
  boolean hasBlank(String name) {
    return items(name).stream().anyMatch(item -> item.asText("").isBlank() || item.isNull());
  }

  /** As {@link #texts}, each made into a value that may refuse its text. */
  <T> List<T> values(String name, Function<String, T> make) throws BadScenarioException {
    List<T> values = new ArrayList<>();
    for (String text : texts(name)) {
      values.add(value(name, text, make));
    }
    return values;
  }

  <T> Optional<T> value(String name, Function<String, T> make) throws BadScenarioException {
    Optional<String> text = text(name);
    return text.isPresent() ? Optional.of(value(name, text.get(), make)) : Optional.empty();
  }

  private <T> T value(String name, String text, Function<String, T> make)
      throws BadScenarioException {
    try {
      return make.apply(text);
    } catch (IllegalArgumentException e) {
      throw wrong(name, "notValue");
    }
  }

  private List<JsonNode> items(String name) {
    JsonNode value = get(name);
    List<JsonNode> items = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(items::add);
    } else if (!value.isMissingNode()) {
      items.add(value);
    }
    return items;
  }

  List<JsonFields> objects(String name) throws BadScenarioException {
    List<JsonFields> objects = new ArrayList<>();
    for (JsonNode item : items(name)) {
      if (!item.isObject()) {
        throw wrong(name, "notObject");
      }
      objects.add(new JsonFields(id, item));
    }
    return objects;
  }

  /** The object under this name; an empty one when it is absent. */
  JsonFields object(String name) throws BadScenarioException {
    if (has(name) && !get(name).isObject()) {
      throw wrong(name, "notObject");
    }
    return new JsonFields(id, get(name));
  }

  /** A whole number, or the length of a list; 0 when absent. */
  int count(String name) throws BadScenarioException {
    JsonNode value = get(name);
    if (value.isMissingNode() || value.isArray()) {
      return value.size();
    }
    if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      throw wrong(name, "notCount");
    }
    return value.intValue();
  }

  Optional<LocalDate> date(String name) throws BadScenarioException {
    Optional<String> text = text(name);
    try {
      return text.map(LocalDate::parse);
    } catch (DateTimeException e) {
      throw wrong(name, "notDate");
    }
  }

  /** A date, which is that whole day, or a date with a time. */
  Optional<Moment> moment(String name) throws BadScenarioException {
    return text(name).filter(text -> text.length() <= DATE_LENGTH).isPresent()
        ? date(name).map(Moment.Day::new)
        : instant(name).map(Moment.At::new);
  }

  /**
   * A date with a time, seconds or none, with an offset or else in Dutch time; a date alone is its
   * first moment.
   */
  Optional<Instant> instant(String name) throws BadScenarioException {
    Optional<String> text = text(name);
    try {
      return text.map(Times::instant);
    } catch (DateTimeException e) {
      throw wrong(name, "notTime");
    }
  }
}
