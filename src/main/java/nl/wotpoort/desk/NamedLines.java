package nl.wotpoort.desk;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One {@code name=value} a line, and a list as values with a tab between them. What a sender wrote
 * may hold any character, so backslash, line ends and tabs inside a value are escaped: a value can
 * never become two. For one thread.
 */
final class NamedLines {

  private final Map<String, String> values = new LinkedHashMap<>();

  void put(String name, String value) {
    values.put(name, escape(value));
  }

  /** In their order; those of a set in alphabetical order. Nothing is written for none. */
  void putAll(String name, Collection<String> some) {
    Collection<String> ordered = some instanceof Set<String> set ? new TreeSet<>(set) : some;
    if (!ordered.isEmpty()) {
      values.put(name, ordered.stream().map(NamedLines::escape).collect(Collectors.joining("\t")));
    }
  }

  String write() {
    return values.entrySet().stream()
        .map(line -> line.getKey() + "=" + line.getValue())
        .collect(Collectors.joining("\n"));
  }

  /** Throws IllegalArgumentException for a line without a name. */
  static NamedLines read(String text) {
    NamedLines lines = new NamedLines();
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("a line without a name");
      }
      lines.values.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return lines;
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name)).map(NamedLines::unescape);
  }

  /** Throws IllegalArgumentException when it is not there. */
  String required(String name) {
    return value(name).orElseThrow(() -> new IllegalArgumentException("no line " + name));
  }

  /** Throws IllegalArgumentException when it is no date. */
  Optional<LocalDate> day(String name) {
    try {
      return value(name).map(LocalDate::parse);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("no date: " + name, e);
    }
  }

  <T> List<T> list(String name, Function<String, T> make) {
    return Optional.ofNullable(values.get(name)).stream()
        .flatMap(joined -> Stream.of(joined.split("\t", -1)))
        .map(NamedLines::unescape)
        .map(make)
        .toList();
  }

  <T> Set<T> set(String name, Function<String, T> make) {
    return Set.copyOf(list(name, make));
  }

  private static String escape(String value) {
    return value
        .replace("\\", "\\\\")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t");
  }

  private static String unescape(String escaped) {
    StringBuilder value = new StringBuilder();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '\\' && i + 1 < escaped.length()) {
        i++;
        value.append(
            switch (escaped.charAt(i)) {
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              default -> escaped.charAt(i);
            });
      } else {
        value.append(c);
      }
    }
    return value.toString();
  }
}
