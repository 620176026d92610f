package nl.wotpoort.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wotpoort.letter.Address;

/**
 * Asks a properties file for values of a kind; what does not fit becomes a problem and an empty
 * answer.
 */
final class PropertyAsker {

  private static final Pattern AMOUNT = Pattern.compile("([1-9][0-9]{0,8}) ?([A-Za-z]{1,2})");
  private static final Pattern DOMAIN =
      Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{2,63}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]{1,253}");

  private static final Map<String, Duration> UNITS_OF_TIME =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "u", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private static final Map<String, Long> UNITS_OF_SIZE =
      Map.of("kb", 1024L, "mb", 1024L * 1024, "gb", 1024L * 1024 * 1024);

  private final PropertyFile file;
  private final Path home;
  private final SecretSource secrets;
  private final Problems problems;

  PropertyAsker(PropertyFile file, Path home, SecretSource secrets, Problems problems) {
    this.file = file;
    this.home = home;
    this.secrets = secrets;
    this.problems = problems;
  }

  Optional<String> text(String key) {
    return file.ask(key).map(PropertyFile.Line::value);
  }

  Optional<String> required(String key, String example) {
    return requiredLine(key, example, file.lastLine()).map(PropertyFile.Line::value);
  }

  /** {@code near}: where to put it when it is not there. */
  private Optional<PropertyFile.Line> requiredLine(String key, String example, int near) {
    Optional<PropertyFile.Line> line = file.ask(key);
    if (line.isEmpty() && !file.mentions(key)) {
      problems.error(file.name(), near, "SETTING_MISSING", key, example);
    }
    return line;
  }

  Optional<String> requiredIn(String group, String field, String example) {
    String key = group + field;
    return requiredLine(key, example, file.firstLineOf(group)).map(PropertyFile.Line::value);
  }

  Optional<Address> address(String key, String example) {
    return required(key, example).flatMap(text -> address(key, text, example));
  }

  private Optional<Address> address(String key, String text, String example) {
    Optional<Address> address = Address.parse(text);
    if (address.isEmpty()) {
      wrong(key, "VALUE_NOT_ADDRESS", key, example);
    }
    return address;
  }

  Optional<Address> optionalAddress(String key, String text) {
    return address(key, text, "oost@wotschiedam.nl");
  }

  Optional<String> domain(String key, String example) {
    Optional<String> text = required(key, example).map(t -> t.toLowerCase(Locale.ROOT));
    text.filter(t -> !isDomain(t)).ifPresent(t -> wrong(key, "VALUE_NOT_DOMAIN", key, example));
    return text.filter(PropertyAsker::isDomain);
  }

  static boolean isDomain(String text) {
    return text.length() <= 253 && DOMAIN.matcher(text).matches();
  }

  Set<String> domains(String key) {
    Set<String> domains = new TreeSet<>();
    for (String part : listed(key)) {
      String domain = part.toLowerCase(Locale.ROOT);
      if (isDomain(domain)) {
        domains.add(domain);
      } else {
        wrong(key, "VALUE_NOT_DOMAIN", key, "praktijk-delinde.example");
      }
    }
    return domains;
  }

  Optional<String> host(String group, String field, String example) {
    Optional<String> host = requiredIn(group, field, example);
    host.filter(h -> !HOST.matcher(h).matches())
        .ifPresent(h -> wrong(group + field, "VALUE_NOT_HOST", group + field, example));
    return host.filter(h -> HOST.matcher(h).matches());
  }

  Optional<Integer> port(String key) {
    return number(key, 1, 65_535);
  }

  Optional<Integer> number(String key, int least, int most) {
    Optional<String> text = text(key);
    Optional<Integer> number =
        text.filter(t -> t.matches("[0-9]{1,9}"))
            .map(Integer::parseInt)
            .filter(n -> n >= least && n <= most);
    if (text.isPresent() && number.isEmpty()) {
      wrong(key, "VALUE_NOT_NUMBER", key, Integer.toString(least), Integer.toString(most));
    }
    return number;
  }

  Optional<Duration> duration(String key) {
    Optional<String> text = text(key);
    Optional<Duration> duration = text.flatMap(PropertyAsker::parsedDuration);
    if (text.isPresent() && duration.isEmpty()) {
      wrong(key, "VALUE_NOT_DURATION", key);
    }
    return duration;
  }

  /** One that lies between the two. */
  Optional<Duration> duration(String key, Duration least, Duration most) {
    Optional<Duration> duration = duration(key);
    boolean fits =
        duration.map(d -> d.compareTo(least) >= 0 && d.compareTo(most) <= 0).orElse(true);
    if (!fits) {
      wrong(key, "DURATION_RANGE", key, written(least), written(most));
    }
    return duration.filter(d -> fits);
  }

  /** As it would stand in the file. */
  private static String written(Duration duration) {
    if (duration.toDays() > 0 && duration.equals(Duration.ofDays(duration.toDays()))) {
      return duration.toDays() + "d";
    }
    return duration.toSeconds() % 60 == 0 ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
  }

  List<Duration> durations(String key) {
    List<Duration> durations = new ArrayList<>();
    for (String part : listed(key)) {
      Optional<Duration> duration = parsedDuration(part);
      if (duration.isEmpty()) {
        wrong(key, "VALUE_NOT_DURATION", key);
      }
      duration.ifPresent(durations::add);
    }
    return durations;
  }

  private static Optional<Duration> parsedDuration(String text) {
    Matcher amount = AMOUNT.matcher(text);
    if (!amount.matches()) {
      return Optional.empty();
    }
    long times = Long.parseLong(amount.group(1));
    return Optional.ofNullable(UNITS_OF_TIME.get(amount.group(2).toLowerCase(Locale.ROOT)))
        .map(unit -> unit.multipliedBy(times));
  }

  /** Up to {@code most} GB. */
  Optional<Long> size(String key, int most) {
    Optional<String> text = text(key);
    Optional<Long> size =
        text.map(AMOUNT::matcher)
            .filter(Matcher::matches)
            .flatMap(PropertyAsker::sizeOf)
            .filter(s -> s <= (long) most << 30);
    if (text.isPresent() && size.isEmpty()) {
      wrong(key, "VALUE_NOT_SIZE", key, most);
    }
    return size;
  }

  private static Optional<Long> sizeOf(Matcher amount) {
    return Optional.ofNullable(UNITS_OF_SIZE.get(amount.group(2).toLowerCase(Locale.ROOT)))
        .map(unit -> unit * Long.parseLong(amount.group(1)));
  }

  /** One of {@code choices}; {@code usual} when nothing is said. */
  <T> Optional<T> choice(String key, Map<String, T> choices, T usual) {
    if (!file.mentions(key)) {
      file.ask(key);
      return Optional.of(usual);
    }
    Optional<String> text = text(key);
    Optional<T> choice = text.map(t -> t.toLowerCase(Locale.ROOT)).map(choices::get);
    if (text.isPresent() && choice.isEmpty()) {
      wrong(key, "VALUE_NOT_CHOICE", key, String.join(", ", new TreeMap<>(choices).keySet()));
    }
    return choice;
  }

  /** Relative to home, whether it exists or not. */
  Optional<Path> path(String key) {
    return text(key).flatMap(text -> path(key, text));
  }

  /** One that must be there as a file. */
  Optional<Path> existing(String key, String text) {
    Optional<Path> path = path(key, text);
    path.filter(p -> !Files.isRegularFile(p))
        .ifPresent(p -> wrong(key, "PATH_NOT_THERE", key, text));
    return path.filter(Files::isRegularFile);
  }

  /** One that must be there, as a file or a folder. */
  Optional<Path> existingOrFolder(String key, String text) {
    Optional<Path> path = path(key, text);
    path.filter(p -> !Files.exists(p)).ifPresent(p -> wrong(key, "PATH_NOT_THERE", key, text));
    return path.filter(Files::exists);
  }

  List<Path> existingFiles(String key) {
    return listed(key).stream().flatMap(text -> existing(key, text).stream()).toList();
  }

  private Optional<Path> path(String key, String text) {
    try {
      return Optional.of(home.resolve(text).normalize());
    } catch (InvalidPathException e) {
      wrong(key, "VALUE_NOT_PATH", key);
      return Optional.empty();
    }
  }

  Optional<Secret> secret(String group, String field) {
    String key = group + field;
    return requiredIn(group, field, "env:NAAM")
        .flatMap(
            text -> {
              SecretSource.Answer answer = secrets.find(text, home);
              answer.problem().ifPresent(code -> wrong(key, code, key, answer.about()));
              return answer.secret();
            });
  }

  /** Between commas. */
  List<String> listed(String key) {
    return text(key).stream()
        .flatMap(t -> Arrays.stream(t.split(",")))
        .map(String::strip)
        .filter(t -> !t.isEmpty())
        .toList();
  }

  /** An error at the line of {@code key}. */
  void wrong(String key, String code, Object... arguments) {
    problems.error(file.name(), lineOf(key), code, arguments);
  }

  int lineOf(String key) {
    return file.firstLineOf(key);
  }
}
