package nl.wotpoort.mime;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import nl.wotpoort.letter.Bsn;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Postcode;
import nl.wotpoort.letter.Purpose;

/**
 * What a mail to the consent desk says: a consent or objection to record, or one to withdraw. What
 * is not there is empty, what could not be read is in {@link #unclear}; whether that is enough is
 * for the desk to say. Immutable.
 */
public final class ConsentNote {

  /** The lines such a mail may have; docs/consent-by-mail.md has their words. */
  public enum Field {
    WITHDRAW,
    WITHDRAWN_BY,
    HOW,
    KIND,
    NAME,
    INITIALS,
    BIRTH_DATE,
    POSTCODE,
    HOUSE_NUMBER,
    BSN,
    BY,
    HOLDERS,
    RECIPIENTS,
    PURPOSES,
    CATEGORIES,
    FROM,
    UNTIL,
    METHOD,
    OBTAINED_ON,
    WHERE,
    OBTAINED_BY,
    PLACE,
    TOLD,
    EVIDENCE,
    CAPABLE,
    REPLACES
  }

  private final Map<Field, String> values;
  private final Set<Field> unclear = EnumSet.noneOf(Field.class);

  /** {@code twice} are the fields that stood there with different values. */
  ConsentNote(Map<Field, String> values, Set<Field> twice) {
    this.values = new EnumMap<>(Field.class);
    this.values.putAll(values);
    this.unclear.addAll(twice);
    this.values.keySet().removeAll(twice);
    settle();
  }

  /** Reads every field once, so that what is unclear is known whatever is asked first. */
  private void settle() {
    client();
    purposes();
    categories();
    for (Field day : List.of(Field.FROM, Field.UNTIL, Field.OBTAINED_ON)) {
      day(day);
    }
    isObjection();
    capable();
  }

  public Set<Field> unclear() {
    return Set.copyOf(unclear);
  }

  public boolean isEmpty() {
    return values.isEmpty() && unclear.isEmpty();
  }

  public Optional<String> text(Field field) {
    return Optional.ofNullable(values.get(field));
  }

  /** The items of a list, as written. */
  public List<String> items(Field field) {
    return text(field).stream()
        .flatMap(text -> List.of(text.split("[,;]")).stream())
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  public Optional<LocalDate> day(Field field) {
    return read(field, Dates::of);
  }

  public boolean isObjection() {
    return read(
            Field.KIND,
            text ->
                switch (Wording.key(text)) {
                  case "bezwaar", "objection", "weigering" -> Optional.of(true);
                  case "toestemming", "consent" -> Optional.of(false);
                  default -> Optional.empty();
                })
        .orElse(false);
  }

  /** Whether the client was able to judge; empty when nobody says. */
  public Optional<Boolean> capable() {
    return read(
        Field.CAPABLE,
        text ->
            switch (ConsentWords.given(text)) {
              case YES -> Optional.of(true);
              case NO -> Optional.of(false);
              case UNKNOWN -> Optional.empty();
            });
  }

  public List<Purpose> purposes() {
    return list(Field.PURPOSES, Words.PURPOSES, code -> Optional.of(new Purpose(code)));
  }

  public List<Category> categories() {
    return list(Field.CATEGORIES, Words.CATEGORIES, code -> Optional.of(new Category(code)));
  }

  private <T> List<T> list(
      Field field, Map<String, String> words, Function<String, Optional<T>> make) {
    List<T> found = new ArrayList<>();
    for (String item : items(field)) {
      String code = words.get(Wording.key(item));
      if (code == null) {
        unclear.add(field);
      } else {
        make.apply(code).ifPresent(found::add);
      }
    }
    return List.copyOf(found);
  }

  public Client client() {
    return new Client(
        text(Field.NAME).map(Confidential::of),
        text(Field.INITIALS).map(Confidential::of),
        day(Field.BIRTH_DATE).map(Confidential::of),
        read(Field.POSTCODE, Postcode::parse).map(Confidential::of),
        text(Field.HOUSE_NUMBER).map(Confidential::of),
        Optional.empty(),
        read(Field.BSN, Bsn::parse),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private <T> Optional<T> read(Field field, Function<String, Optional<T>> reader) {
    Optional<T> read = text(field).flatMap(reader);
    if (read.isEmpty() && text(field).isPresent()) {
      unclear.add(field);
    }
    return read;
  }
}
