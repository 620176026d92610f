package nl.wotpoort.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The lines {@code key = value} of one file, with their numbers. No escapes, no continued lines:
 * what stands there is what it says. Keys nobody asked for are unknown keys. Not thread-safe.
 */
final class PropertyFile {

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,120}");
  private static final int LONGEST_LINE = 4000;

  /** One setting where it stands. */
  record Line(String key, String value, int number) {}

  private final String name;
  private final Problems problems;
  private final Map<String, Line> lines = new LinkedHashMap<>();
  private final Set<String> asked = new TreeSet<>();
  private int last = 1;

  PropertyFile(String name, String text, Problems problems) {
    this.name = name;
    this.problems = problems;
    String[] all = text.split("\r\n|\r|\n", -1);
    for (int i = 0; i < all.length; i++) {
      read(all[i].strip(), i + 1);
    }
  }

  private void read(String line, int number) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    last = number;
    int equals = line.indexOf('=');
    String key = equals < 0 ? line : line.substring(0, equals).strip();
    if (equals < 0 || line.length() > LONGEST_LINE || !KEY.matcher(key).matches()) {
      // The line itself is not repeated: it may hold a password.
      problems.error(name, number, "NOT_A_SETTING");
      return;
    }
    String value = line.substring(equals + 1).strip();
    Line before = lines.putIfAbsent(key, new Line(key, value, number));
    if (before != null) {
      problems.error(name, number, "KEY_TWICE", key, before.number());
    } else if (value.chars().anyMatch(Character::isISOControl)) {
      problems.error(name, number, "CONTROL_CHARACTER", key);
    }
  }

  String name() {
    return name;
  }

  /** The line to add something after. */
  int lastLine() {
    return last;
  }

  /** What the key says; empty when it is not there or says nothing. */
  Optional<Line> ask(String key) {
    asked.add(key);
    Optional<Line> line = Optional.ofNullable(lines.get(key));
    line.filter(l -> l.value().isEmpty())
        .ifPresent(l -> problems.error(name, l.number(), "VALUE_EMPTY", key));
    return line.filter(l -> !l.value().isEmpty());
  }

  /** Whether the key stands there, with or without a value. */
  boolean mentions(String key) {
    return lines.containsKey(key);
  }

  /** The names between {@code prefix} and one of {@code fields}, in the order of the file. */
  Set<String> namesBetween(String prefix, List<String> fields) {
    Set<String> names = new LinkedHashSet<>();
    for (String key : lines.keySet()) {
      int dot = key.lastIndexOf('.');
      if (key.startsWith(prefix) && dot > prefix.length()) {
        String field = key.substring(dot + 1);
        boolean near = fields.contains(field) || Suggestion.forWord(field, fields).isPresent();
        if (near) {
          names.add(key.substring(prefix.length(), dot));
        }
      }
    }
    return names;
  }

  /** The first line whose key starts so. */
  int firstLineOf(String prefix) {
    return lines.values().stream()
        .filter(l -> l.key().startsWith(prefix))
        .mapToInt(Line::number)
        .findFirst()
        .orElse(last);
  }

  /** To be called when everything was asked. */
  void tellUnknownKeys() {
    List<Line> unknown = new ArrayList<>(lines.values());
    unknown.removeIf(l -> asked.contains(l.key()));
    for (Line line : unknown) {
      Optional<String> meant = Suggestion.forWord(line.key(), asked);
      if (meant.isPresent()) {
        problems.error(name, line.number(), "UNKNOWN_KEY_MEANT", line.key(), meant.get());
      } else {
        problems.error(name, line.number(), "UNKNOWN_KEY", line.key());
      }
    }
  }
}
