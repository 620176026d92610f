package nl.wotpoort.settings;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wotpoort.directory.Changes;
import nl.wotpoort.directory.Delivery;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.letter.Address;
import nl.wotpoort.settings.StaffMapping.Field;

/**
 * What a table of staff from elsewhere would change in directory.yaml. New workers are added,
 * changed fields replaced in place; an empty cell changes nothing, nobody is removed, and every
 * comment stays. Writes nothing.
 */
public final class StaffImport {

  private static final Set<Field> NEEDED =
      Set.of(Field.ID, Field.NAME, Field.TEAM, Field.ORGANISATION);

  private final StaffMapping mapping;
  private final StaffTable table;
  private final Problems problems = new Problems();

  private StaffImport(StaffMapping mapping, StaffTable table) {
    this.mapping = mapping;
    this.table = table;
  }

  /**
   * What came of it.
   *
   * @param text of directory.yaml with the changes
   * @param changes as {@code routes check} tells them
   * @param values of the fields that change, a line each, such as {@code w301 capacity: 12 -> 10}
   * @param missing workers in service who are not in the table
   */
  public record Result(
      byte[] text, List<Changes.Change> changes, List<String> values, List<String> missing) {}

  /**
   * Compares a table with the files.
   *
   * @param files the three of routes/, sound
   */
  public static Loaded<Result> of(
      Map<String, byte[]> files,
      Path certificates,
      StaffMapping mapping,
      StaffTable table,
      LocalDate today) {
    Loaded<Directory> before = Routes.activated(0, files, certificates, today);
    return before.isUsable()
        ? new StaffImport(mapping, table).compare(files, before.value().get(), certificates, today)
        : Loaded.failed(before.errors());
  }

  private Loaded<Result> compare(
      Map<String, byte[]> files, Directory before, Path certificates, LocalDate today) {
    List<StaffReader.Person> people = new StaffReader(mapping, before, table, problems).people();
    byte[] old = files.getOrDefault(Routes.DIRECTORY, new byte[0]);
    String text = FileText.decoded(old, Routes.DIRECTORY, problems).orElse("");
    Optional<DirectoryEdit> edit = DirectoryEdit.of(text);
    if (edit.isEmpty()) {
      problems.error(Routes.DIRECTORY, 1, "STAFF_NO_WORKERS");
    }
    List<String> values = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    if (!problems.hasErrors()) {
      Map<String, Worker> known = known(before);
      people.forEach(p -> person(p, known, edit.orElseThrow(), seen, values));
    }
    if (problems.hasErrors()) {
      return Loaded.failed(problems.inOrder());
    }
    Map<String, byte[]> edited = new HashMap<>(files);
    String mark = startsWithMark(old) ? "\uFEFF" : "";
    byte[] bytes = (mark + edit.orElseThrow().text()).getBytes(StandardCharsets.UTF_8);
    edited.put(Routes.DIRECTORY, bytes);
    Loaded<Directory> after = Routes.activated(0, edited, certificates, today);
    if (!after.isUsable()) {
      return Loaded.failed(after.errors());
    }
    List<String> missing =
        before.workers().stream()
            .filter(worker -> worker.presenceOn(today) != Worker.Presence.LEFT)
            .map(worker -> worker.id().value())
            .filter(id -> !seen.contains(id))
            .toList();
    return Loaded.of(
        new Result(bytes, Changes.between(before, after.value().get()), values, missing),
        problems.inOrder());
  }

  private static boolean startsWithMark(byte[] bytes) {
    return bytes.length > 2 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB;
  }

  private Map<String, Worker> known(Directory before) {
    Function<Worker, Stream<String>> keys =
        mapping.key() == Field.ID
            ? worker -> Stream.of(worker.id().value())
            : worker -> worker.address().map(Address::toString).stream();
    return before.workers().stream()
        .flatMap(worker -> keys.apply(worker).map(key -> Map.entry(key, worker)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private void person(
      StaffReader.Person person,
      Map<String, Worker> known,
      DirectoryEdit edit,
      Set<String> seen,
      List<String> values) {
    String key = person.fields().getOrDefault(mapping.key(), "");
    Optional<Worker> worker = Optional.ofNullable(known.get(key));
    String id =
        worker.map(w -> w.id().value()).orElseGet(() -> person.fields().getOrDefault(Field.ID, ""));
    if (key.isEmpty()) {
      problems.error(table.file(), person.line(), "STAFF_EMPTY_KEY", mapping.key().word());
    } else if (!id.isEmpty() && !seen.add(id)) {
      problems.error(table.file(), person.line(), "STAFF_TWICE", id);
    } else {
      try {
        if (worker.isPresent()) {
          change(person, worker.get(), edit, values);
        } else {
          add(person, edit, values);
        }
      } catch (DirectoryEdit.ByHand hand) {
        problems.error(Routes.DIRECTORY, hand.line(), "STAFF_BY_HAND", id, person.line());
      }
    }
  }

  private void change(
      StaffReader.Person person, Worker worker, DirectoryEdit edit, List<String> values)
      throws DirectoryEdit.ByHand {
    for (Field field : Field.values()) {
      String is = person.fields().get(field);
      if (is == null || field == Field.ID || field == Field.CERTIFICATE) {
        continue;
      }
      String was = was(worker, field);
      if (same(field, was, is)) {
        continue;
      }
      if (field == Field.DELIVERY && worker.delivery().isEmpty()) {
        newDelivery(person, worker.id().value(), values)
            .ifPresent(yaml -> put(edit, worker.id().value(), yaml));
        continue;
      }
      edit.set(
          worker.id().value(), field == Field.DELIVERY ? "delivery.address" : field.word(), is);
      values.add(worker.id() + " " + field.word() + ": " + shown(was) + " -> " + is);
    }
  }

  private static void put(DirectoryEdit edit, String worker, String yaml) {
    try {
      edit.set(worker, "delivery", yaml);
    } catch (DirectoryEdit.ByHand never) {
      throw new IllegalStateException("a field that is not there is always added", never);
    }
  }

  /** Without a certificate nothing can be sealed for it, and the check would refuse it. */
  private Optional<String> newDelivery(StaffReader.Person person, String id, List<String> values) {
    String address = person.fields().get(Field.DELIVERY);
    String certificate = person.fields().get(Field.CERTIFICATE);
    if (address == null) {
      return Optional.empty();
    }
    if (certificate == null) {
      problems.warning(table.file(), person.line(), "STAFF_NO_CERTIFICATE", id, address);
      return Optional.empty();
    }
    values.add(id + " delivery: " + address + ", " + certificate);
    return Optional.of("{address: " + address + ", certificates: [" + certificate + "]}");
  }

  private void add(StaffReader.Person person, DirectoryEdit edit, List<String> values)
      throws DirectoryEdit.ByHand {
    List<String> lacking =
        NEEDED.stream()
            .filter(field -> !person.fields().containsKey(field))
            .map(Field::word)
            .sorted()
            .toList();
    if (!lacking.isEmpty()) {
      problems.error(table.file(), person.line(), "STAFF_NEW_LACKS", String.join(", ", lacking));
      return;
    }
    Map<String, String> fields = new LinkedHashMap<>();
    String id = person.fields().getOrDefault(Field.ID, "");
    for (Field field : Field.values()) {
      String value = person.fields().get(field);
      if (value == null || field == Field.CERTIFICATE) {
        continue;
      }
      if (field == Field.DELIVERY) {
        newDelivery(person, id, values).ifPresent(yaml -> fields.put("delivery", yaml));
      } else {
        fields.put(field.word(), value);
      }
    }
    edit.add(fields);
    values.add(
        id + ": " + person.fields().get(Field.NAME) + ", " + person.fields().get(Field.TEAM));
  }

  /** As the table's cell would be read. */
  private static String was(Worker worker, Field field) {
    return switch (field) {
      case ID -> worker.id().value();
      case NAME -> StaffReader.Yaml.text(worker.name().reveal());
      case FUNCTION -> worker.function().name().toLowerCase(Locale.ROOT).replace('_', '-');
      case ORGANISATION -> StaffReader.Yaml.text(worker.organisation());
      case TEAM -> worker.team().value();
      case ADDRESS -> worker.address().map(Address::toString).orElse("");
      case DELIVERY -> worker.delivery().map(Delivery::address).map(Address::toString).orElse("");
      case CERTIFICATE -> "";
      case PHONE -> worker.phone().map(StaffReader.Yaml::quoted).orElse("");
      case EXPERTISE -> "[" + String.join(", ", new TreeSet<>(worker.expertise())) + "]";
      case CAPACITY -> String.valueOf(worker.capacity());
      case OFFICE_DAYS -> DirectoryYaml.days(worker.officeDays());
      case END_DATE -> worker.endDate().map(LocalDate::toString).orElse("");
    };
  }

  /** The order of a list means nothing. */
  private static boolean same(Field field, String was, String is) {
    return (field == Field.EXPERTISE || field == Field.OFFICE_DAYS)
        ? words(was).equals(words(is))
        : was.equals(is);
  }

  private static Set<String> words(String list) {
    return Stream.of(list.replaceAll("[\\[\\]]", "").split(","))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }

  private static String shown(String was) {
    return was.isEmpty() ? "-" : was;
  }
}
