package nl.wotpoort.mime;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The labelled lines of a text, each with its value. Rules: a label stands at the start of a line,
 * in any case; wrapped lines are joined; quoted text and what follows a closing or signature mark
 * do not count; the same label twice with different values is as if it were not there.
 */
final class LabelledText {

  /** A text longer than this has no place for labels; and reading it is work. */
  static final int LONGEST = 1_000_000;

  private static final int MOST_ENTRIES = 500;

  private static final Pattern ITEM =
      Pattern.compile("\\s*(?:([0-9]{1,2})\\s?[.):]|[-•·–*]|[a-z]\\))\\s+(\\S.*)");

  /** A value: what stood behind one label line and the lines that went on from it. */
  static final class Entry {
    private final Label label;
    private final OptionalInt number;
    private final Optional<String> tag;
    private final List<StringBuilder> items = new ArrayList<>();
    private final List<OptionalInt> itemNumbers = new ArrayList<>();
    private boolean itemised;

    private Entry(LabelLine line) {
      this.label = line.label();
      this.number = line.number();
      this.tag = line.tag();
      if (!line.value().isEmpty()) {
        start(line.value(), OptionalInt.empty());
      }
    }

    Label label() {
      return label;
    }

    OptionalInt number() {
      return number;
    }

    Optional<String> tag() {
      return tag;
    }

    boolean isEmpty() {
      return items.isEmpty();
    }

    boolean isItemised() {
      return itemised;
    }

    /** The whole value, items joined. */
    String value() {
      return String.join(label.style() == Label.Style.PROSE ? "\n" : " ", items).strip();
    }

    /** The items of a list; one when it was not itemised. */
    List<String> items() {
      return items.stream().map(StringBuilder::toString).toList();
    }

    /** The number the sender gave the item at {@code index}. */
    OptionalInt numberOf(int index) {
      return itemNumbers.get(index);
    }

    private void start(String text, OptionalInt itemNumber) {
      items.add(new StringBuilder(text));
      itemNumbers.add(itemNumber);
    }

    private void join(String text) {
      int last = items.size() - 1;
      if (last < 0) {
        start(text, OptionalInt.empty());
      } else {
        items.get(last).append(' ').append(text);
      }
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  private final Set<Missing> missing = new LinkedHashSet<>();
  private final Map<Label, Optional<Entry>> single = new EnumMap<>(Label.class);
  private Optional<Entry> open = Optional.empty();
  private boolean afterBlank;

  private LabelledText() {}

  /** Reads the sender's own lines of {@code text}. Throws when it is too long to read. */
  static LabelledText of(String text) throws Unreadable {
    if (text.length() > LONGEST) {
      throw Unreadable.message("text");
    }
    LabelledText labelled = new LabelledText();
    for (String line : OwnLines.of(text)) {
      labelled.take(line);
    }
    int values = labelled.entries.stream().mapToInt(e -> Math.max(1, e.items.size())).sum();
    if (values > MOST_ENTRIES) {
      throw Unreadable.message("number of labels");
    }
    return labelled;
  }

  boolean has(Label label) {
    return !all(label).isEmpty();
  }

  /** Every entry of that label, in order. */
  List<Entry> all(Label label) {
    List<Entry> all = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.label == label) {
        all.add(entry);
      }
    }
    return all;
  }

  /**
   * The one entry of that label; empty when there is none, when it is empty, or when there are
   * several that differ (and the last two are noted as missing).
   */
  Optional<Entry> one(Label label) {
    Optional<Entry> known = single.get(label);
    if (known != null) {
      return known;
    }
    Optional<Entry> found = settle(all(label), label.field());
    single.put(label, found);
    return found;
  }

  Optional<String> value(Label label) {
    return one(label).map(Entry::value);
  }

  /** What of {@code same} counts: the same value twice is fine, different values are none. */
  Optional<Entry> settle(List<Entry> same, String field) {
    if (same.isEmpty()) {
      return Optional.empty();
    }
    if (same.size() > 1 && same.stream().map(LabelledText::meaning).distinct().count() > 1) {
      note(field, Missing.Cause.TWICE);
      return Optional.empty();
    }
    if (same.get(0).isEmpty()) {
      note(field, Missing.Cause.EMPTY);
      return Optional.empty();
    }
    return Optional.of(same.get(0));
  }

  private static String meaning(Entry entry) {
    Optional<String> decision =
        entry.label == Label.DECISION
            ? DecisionWords.of(entry.value()).map(Enum::name)
            : Optional.empty();
    return decision.orElseGet(() -> Wording.key(entry.value()));
  }

  void note(String field, Missing.Cause cause) {
    missing.add(new Missing(field, cause));
  }

  List<Missing> missing() {
    return List.copyOf(missing);
  }

  private void take(String raw) {
    String tidy = Wording.tidy(raw);
    if (tidy.isEmpty()) {
      afterBlank = true;
      return;
    }
    Optional<LabelLine> label = LabelLine.of(raw);
    if (label.isPresent() && label.get().label() == Label.DECISION && apart(raw)) {
      return;
    }
    if (label.isPresent()) {
      Entry entry = new Entry(label.get());
      entries.add(entry);
      open = Optional.of(entry);
      splitInline(entry);
    } else if (AnswerLine.isOfTheForm(raw)
        || (open.isPresent() && !goesOn(open.get(), raw, tidy))) {
      open = Optional.empty();
    }
    afterBlank = false;
  }

  /** A decision with the other labels behind it on one line; false when it stands alone. */
  private boolean apart(String raw) {
    List<String> pieces = AnswerLine.apart(raw);
    if (pieces.size() > 1) {
      pieces.forEach(this::take);
    }
    return pieces.size() > 1;
  }

  /** Adds the line to the open entry when it belongs to it. */
  private boolean goesOn(Entry entry, String raw, String tidy) {
    Matcher item = ITEM.matcher(raw);
    boolean isItem = item.matches() && takesItems(entry);
    boolean fits =
        switch (entry.label.style()) {
          case PROSE -> true;
          case STRICT -> !afterBlank && !LabelLine.looksLikeOne(tidy);
          case SHORT -> (!afterBlank || entry.isEmpty()) && !LabelLine.looksLikeOne(tidy);
          case LIST, QUESTION -> !afterBlank || entry.isEmpty() || isItem;
        };
    if (!fits) {
      return false;
    }
    if (isItem) {
      entry.itemised = true;
      entry.start(Wording.tidy(item.group(2)), number(item));
    } else if (entry.label.style() == Label.Style.PROSE && afterBlank && !entry.isEmpty()) {
      entry.start(tidy, OptionalInt.empty());
    } else {
      entry.join(tidy);
    }
    return true;
  }

  private static boolean takesItems(Entry entry) {
    return switch (entry.label.style()) {
      case LIST -> true;
      case QUESTION -> entry.number.isEmpty();
      case PROSE -> entry.label == Label.ANSWER && entry.number.isEmpty();
      default -> false;
    };
  }

  private static OptionalInt number(Matcher item) {
    return item.group(1) == null
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(item.group(1)));
  }

  /** "Vragen: 1. … 2. …" on one line: split where the next number in the row stands. */
  private static void splitInline(Entry entry) {
    if (!takesItems(entry)
        || entry.isEmpty()
        || !entry.items.get(0).toString().matches("1\\s?[.)]\\s.*")) {
      return;
    }
    String rest = entry.items.remove(0).toString();
    entry.itemNumbers.remove(0);
    entry.itemised = true;
    int number = 1;
    while (!rest.isEmpty()) {
      String body = rest.replaceFirst("^[0-9]{1,2}\\s?[.)]\\s*", "");
      Matcher next = Pattern.compile("\\s" + (number + 1) + "\\s?[.)]\\s").matcher(body);
      boolean more = number < 50 && next.find();
      entry.start((more ? body.substring(0, next.start()) : body).strip(), OptionalInt.of(number));
      rest = more ? body.substring(next.start()).strip() : "";
      number++;
    }
  }
}
