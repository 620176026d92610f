package nl.wotpoort.directory;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** What is different between two directories, entry by entry. */
public final class Changes {

  /** What happened to an entry. */
  public enum How {
    ADDED("+"),
    CHANGED("~"),
    REMOVED("-");

    private final String sign;

    How(String sign) {
      this.sign = sign;
    }
  }

  /**
   * One entry that is not what it was.
   *
   * @param kind team, worker, expertise, practice, mailbox or postcode
   * @param id of the entry; of a mailbox its address
   * @param fields which of its fields changed, in ids and codes and without their values; empty
   *     unless it was changed
   */
  public record Change(How how, String kind, String id, List<String> fields) {
    public Change {
      fields = List.copyOf(fields);
    }

    /** Such as {@code ~ worker w301: capacity, absences}. */
    @Override
    public String toString() {
      String what = how.sign + " " + kind + " " + id;
      return fields.isEmpty() ? what : what + ": " + String.join(", ", fields);
    }
  }

  private final List<Change> found = new ArrayList<>();

  private Changes() {}

  /** In order of kind and id; empty when the order of entries is all that differs. */
  public static List<Change> between(Directory before, Directory after) {
    Changes changes = new Changes();
    Entries old = before.entries();
    Entries now = after.entries();
    changes.compare("team", old.teams(), now.teams(), t -> t.id().value());
    changes.compare("worker", old.workers(), now.workers(), w -> w.id().value());
    changes.compare("expertise", old.expertise(), now.expertise(), Expertise::code);
    changes.compare("practice", old.partners(), now.partners(), Partner::id);
    changes.compare("mailbox", old.mailboxes(), now.mailboxes(), m -> m.address().toString());
    changes.compare(old.postcodes(), now.postcodes());
    return List.copyOf(changes.found);
  }

  private <T> void compare(String kind, List<T> old, List<T> now, Function<T, String> id) {
    Map<String, T> before = indexed(old, id);
    Map<String, T> after = indexed(now, id);
    Set<String> ids = new TreeSet<>(before.keySet());
    ids.addAll(after.keySet());
    for (String each : ids) {
      T was = before.get(each);
      T is = after.get(each);
      if (was == null) {
        found.add(new Change(How.ADDED, kind, each, List.of()));
      } else if (is == null) {
        found.add(new Change(How.REMOVED, kind, each, List.of()));
      } else if (!was.equals(is)) {
        found.add(new Change(How.CHANGED, kind, each, fields(was, is)));
      }
    }
  }

  private void compare(PostcodeTable old, PostcodeTable now) {
    Set<String> named = new TreeSet<>(old.named());
    named.addAll(now.named());
    for (String postcode : named) {
      TeamId was = old.named(postcode);
      TeamId is = now.named(postcode);
      if (!Objects.equals(was, is)) {
        How how = was == null ? How.ADDED : is == null ? How.REMOVED : How.CHANGED;
        String what = was + " > " + is;
        found.add(
            new Change(how, "postcode", postcode, how == How.CHANGED ? List.of(what) : List.of()));
      }
    }
  }

  private static <T> Map<String, T> indexed(List<T> entries, Function<T, String> id) {
    Map<String, T> index = new LinkedHashMap<>();
    entries.forEach(entry -> index.put(id.apply(entry), entry));
    return index;
  }

  /** The components that differ; a mailbox may also have become another kind. */
  private static List<String> fields(Object was, Object is) {
    if (!was.getClass().equals(is.getClass())) {
      return List.of("kind");
    }
    List<String> names = new ArrayList<>();
    for (RecordComponent component : was.getClass().getRecordComponents()) {
      if (!Objects.equals(value(component, was), value(component, is))) {
        names.add(component.getName());
      }
    }
    return names;
  }

  private static Object value(RecordComponent component, Object of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new LinkageError("an accessor of a public record only reads", e);
    }
  }
}
