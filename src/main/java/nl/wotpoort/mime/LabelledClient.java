package nl.wotpoort.mime;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nl.wotpoort.letter.Bsn;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Postcode;

/**
 * The client as labelled lines name one. The line "Cliënt:" may hold birth date and BSN behind the
 * name, parted by commas or brackets; the same fact twice with different values is missing.
 */
final class LabelledClient {

  private static final Pattern BORN =
      Pattern.compile(
          "(?:geboren op|geboren|geboortedatum|geb\\.?|born|date of birth|dob|\\*|°)?\\s?:?\\s?(.+)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern BSN = Pattern.compile("bsn\\s?:?\\s?(.*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern POSTCODE =
      Pattern.compile("(?<![0-9])([1-9][0-9]{3} ?[A-Za-z]{2})(?![A-Za-z])");
  private static final Pattern HOUSE_NUMBER =
      Pattern.compile("(?:^|.*\\s)([0-9]{1,5}\\s?[-/]?\\s?[A-Za-z0-9]{0,4})");

  private final LabelledText text;
  private final List<String> clientPieces;
  private final Optional<String> address;

  private LabelledClient(LabelledText text) {
    this.text = text;
    this.clientPieces =
        text.value(Label.CLIENT).stream()
            .flatMap(v -> Stream.of(v.split("[,;()|]")))
            .map(String::strip)
            .filter(p -> !p.isEmpty())
            .toList();
    this.address = text.value(Label.ADDRESS);
  }

  static Client of(LabelledText text) {
    return new LabelledClient(text).client();
  }

  private Client client() {
    return new Client(
        name().map(Confidential::of),
        confidential(Label.INITIALS),
        birthDate().map(Confidential::of),
        postcode().map(Confidential::of),
        houseNumber().map(Confidential::of),
        confidential(Label.PHONE),
        bsn(),
        text.value(Label.LANGUAGE),
        guardians(),
        confidential(Label.REPRESENTATIVE));
  }

  private Optional<Confidential<String>> confidential(Label label) {
    return text.value(label).map(Confidential::of);
  }

  private Optional<String> name() {
    return clientPieces.stream()
        .findFirst()
        .filter(p -> !BSN.matcher(p).matches() && born(p).isEmpty())
        .filter(p -> p.chars().anyMatch(Character::isLetter));
  }

  private static Optional<LocalDate> born(String piece) {
    Matcher born = BORN.matcher(piece);
    return born.matches() ? Dates.of(born.group(1)) : Optional.empty();
  }

  private Optional<LocalDate> birthDate() {
    Optional<LocalDate> own = parsed(Label.BIRTH_DATE, Dates::of);
    return agreed(
        Label.BIRTH_DATE, own, clientPieces.stream().flatMap(p -> born(p).stream()).toList());
  }

  private Optional<Bsn> bsn() {
    Optional<Bsn> own = parsed(Label.BSN, Bsn::parse);
    List<Bsn> inLine =
        clientPieces.stream()
            .map(BSN::matcher)
            .filter(Matcher::matches)
            .flatMap(m -> noted(Label.BSN, Bsn.parse(m.group(1))).stream())
            .toList();
    return agreed(Label.BSN, own, inLine);
  }

  private Optional<Postcode> postcode() {
    Optional<Postcode> own = parsed(Label.POSTCODE, Postcode::parse);
    List<Postcode> inAddress =
        Stream.concat(address.stream(), clientPieces.stream())
            .flatMap(a -> POSTCODE.matcher(a).results())
            .flatMap(m -> Postcode.parse(m.group(1)).stream())
            .toList();
    return agreed(Label.POSTCODE, own, inAddress);
  }

  /** In an address: what stands last before or last after the postcode. */
  private Optional<String> houseNumber() {
    List<String> inAddress =
        address.stream()
            .flatMap(a -> Stream.of(POSTCODE.matcher(a).replaceAll(",").split("[,;+]")))
            .map(String::strip)
            .map(HOUSE_NUMBER::matcher)
            .filter(Matcher::matches)
            .map(m -> m.group(1).strip())
            .toList();
    return agreed(Label.HOUSE_NUMBER, text.value(Label.HOUSE_NUMBER), inAddress);
  }

  private List<Confidential<String>> guardians() {
    return text.value(Label.GUARDIANS).stream()
        .flatMap(v -> Stream.of(v.split("[;,]| en | and ")))
        .map(String::strip)
        .filter(v -> !v.isEmpty())
        .map(Confidential::of)
        .toList();
  }

  private <T> Optional<T> parsed(Label label, Function<String, Optional<T>> parser) {
    Optional<String> value = text.value(label);
    return value.isPresent() ? noted(label, parser.apply(value.get())) : Optional.empty();
  }

  private <T> Optional<T> noted(Label label, Optional<T> parsed) {
    if (parsed.isEmpty()) {
      text.note(label.field(), Missing.Cause.UNREADABLE);
    }
    return parsed;
  }

  private <T> Optional<T> agreed(Label label, Optional<T> own, List<T> others) {
    List<T> all = Stream.concat(own.stream(), others.stream()).distinct().toList();
    if (all.size() > 1) {
      text.note(label.field(), Missing.Cause.TWICE);
    }
    return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
  }
}
