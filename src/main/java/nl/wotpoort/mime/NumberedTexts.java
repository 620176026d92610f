package nl.wotpoort.mime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.wotpoort.letter.Category;

/** Questions or answers: numbered labels, items under one label, and tags that name a category. */
final class NumberedTexts {

  record Item(int number, String text, Optional<Category> category) {}

  private final LabelledText text;
  private final Label label;
  private final Map<Integer, List<Item>> found = new LinkedHashMap<>();
  private int next = 1;

  private NumberedTexts(LabelledText text, Label label) {
    this.text = text;
    this.label = label;
  }

  static List<Item> of(LabelledText text, Label label) {
    return new NumberedTexts(text, label).items();
  }

  private List<Item> items() {
    for (LabelledText.Entry entry : text.all(label)) {
      if (entry.number().isPresent()) {
        add(entry.number().getAsInt(), entry.value(), entry.tag());
      } else {
        unnumbered(entry);
      }
    }
    List<Item> kept = new ArrayList<>();
    found.forEach((number, same) -> settled(number, same).ifPresent(kept::add));
    return kept.stream().map(i -> categorised(i, kept.size())).toList();
  }

  private void unnumbered(LabelledText.Entry entry) {
    List<String> items = entry.isItemised() ? entry.items() : List.of(entry.value());
    for (int i = 0; i < items.size(); i++) {
      boolean counted = entry.isItemised() && entry.numberOf(i).isPresent();
      // words between the label and the first item introduce the list, they ask nothing
      boolean introduction =
          entry.isItemised()
              && i == 0
              && items.size() > 1
              && !counted
              && items.get(0).endsWith(":");
      if (!introduction) {
        add(counted ? entry.numberOf(i).getAsInt() : free(), items.get(i), entry.tag());
      }
    }
  }

  private int free() {
    while (found.containsKey(next)) {
      next++;
    }
    return next;
  }

  private void add(int number, String words, Optional<String> tag) {
    Optional<Category> category = tag.flatMap(Words::category);
    String rest = words;
    int close = words.indexOf(')');
    if (category.isEmpty() && words.startsWith("(") && close > 0) {
      category = Words.category(words.substring(1, close));
      if (category.isPresent()) {
        rest = words.substring(close + 1).replaceFirst("^\\s*[:.-]\\s*", "").strip();
      }
    }
    found.computeIfAbsent(number, n -> new ArrayList<>()).add(new Item(number, rest, category));
  }

  private Optional<Item> settled(int number, List<Item> same) {
    String field = label.field() + "." + number;
    long different = same.stream().map(i -> Wording.key(i.text())).distinct().count();
    if (different > 1 || same.stream().map(Item::category).distinct().count() > 1) {
      text.note(field, Missing.Cause.TWICE);
      return Optional.empty();
    }
    if (same.get(0).text().isBlank()) {
      text.note(field, Missing.Cause.EMPTY);
      return Optional.empty();
    }
    return Optional.of(same.get(0));
  }

  /** "Categorie 2: medicatie" belongs to question 2; without a number to the only question. */
  private Item categorised(Item item, int count) {
    List<LabelledText.Entry> stated =
        text.all(Label.CATEGORY).stream()
            .filter(
                c -> c.number().isPresent() ? c.number().getAsInt() == item.number() : count == 1)
            .toList();
    String field = Label.CATEGORY.field() + "." + item.number();
    Optional<String> words = text.settle(stated, field).map(LabelledText.Entry::value);
    if (words.isEmpty()) {
      return item;
    }
    Optional<Category> category = Words.category(words.get());
    if (category.isEmpty()) {
      text.note(field, Missing.Cause.UNKNOWN_WORD);
      return item;
    }
    if (item.category().isPresent() && !item.category().equals(category)) {
      text.note(field, Missing.Cause.TWICE);
      return new Item(item.number(), item.text(), Optional.empty());
    }
    return new Item(item.number(), item.text(), category);
  }
}
