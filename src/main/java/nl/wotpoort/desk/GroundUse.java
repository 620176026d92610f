package nl.wotpoort.desk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.JournalLine;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.Store;

/**
 * One message that states a legal ground in place of consent, with what became of it, as the report
 * on grounds tells it. Immutable.
 *
 * @param message its number
 * @param stated who sent it and when; empty for one of before this was journalled
 * @param statement the ground's mandatory fields
 * @param agreed the second person
 * @param forwarded the disclosure, with its recipient, purpose and case
 * @param waiting whether it is still held
 */
public record GroundUse(
    String message,
    Optional<JournalEntry> stated,
    Optional<GroundStatement> statement,
    Optional<JournalEntry> agreed,
    Optional<JournalEntry> forwarded,
    boolean waiting) {

  private static final int PAGE = 500;

  /** The kind of ground for a disclosure of before the statements were journalled. */
  public static final String UNKNOWN = "?";

  public String kind() {
    return statement.map(GroundStatement::kind).orElse(UNKNOWN);
  }

  /** All of them, in the order they came. Reads the whole journal a page at a time. */
  public static List<GroundUse> in(Store store) {
    Map<String, List<JournalEntry>> byMessage = new LinkedHashMap<>();
    long after = 0;
    for (List<JournalLine> page = store.journal().after(after, PAGE);
        !page.isEmpty();
        page = store.journal().after(after, PAGE)) {
      for (JournalLine line : page) {
        if (line.entry().emergency()) {
          byMessage
              .computeIfAbsent(line.entry().object(), message -> new ArrayList<>())
              .add(line.entry());
        }
        after = line.sequence();
      }
    }
    List<GroundUse> all = new ArrayList<>();
    byMessage.forEach((message, entries) -> all.add(of(message, entries, store)));
    return List.copyOf(all);
  }

  private static GroundUse of(String message, List<JournalEntry> entries, Store store) {
    Optional<JournalEntry> stated = last(entries, GroundStatement.EVENT);
    return new GroundUse(
        message,
        stated,
        stated.flatMap(JournalEntry::detail).map(detail -> GroundStatement.read(detail.reveal())),
        last(entries, Permission.SECOND_PERSON_AGREED),
        last(entries, "FORWARDED"),
        MessageRef.parse(message).flatMap(store.holds()::show).isPresent());
  }

  private static Optional<JournalEntry> last(List<JournalEntry> entries, String event) {
    return entries.stream()
        .filter(entry -> entry.event().equals(event))
        .reduce((before, after) -> after);
  }
}
