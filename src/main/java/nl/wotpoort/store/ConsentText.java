package nl.wotpoort.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.wotpoort.letter.Bsn;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Postcode;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.consent.Moment;

/**
 * A consent as one text for the strongbox, and back. The first field is the version of this form; a
 * new form gets a new number, and the old one stays readable for as long as there are consents.
 */
final class ConsentText {

  private static final String FORM = "2";
  private static final int FIELDS = 28;

  /** Before givers' authority, day, place, proof and the client's own data were kept. */
  private static final String FIRST_FORM = "1";

  private static final int FIRST_FIELDS = 23;

  private ConsentText() {}

  static String write(ConsentEntry entry) {
    ConsentRecord record = entry.consent().record();
    Documentation how = entry.consent().documentation();
    Optional<ConsentEntry.Withdrawal> withdrawal = entry.withdrawal();
    return Fields.of(
        FORM,
        record.id(),
        record.type().name(),
        many(record.by(), text -> text),
        many(record.holders(), Party::path),
        many(record.recipients(), Party::path),
        many(record.purposes(), Purpose::code),
        many(record.categories(), Category::code),
        record.recorded().toString(),
        maybe(record.from(), ConsentText::moment),
        maybe(record.until(), ConsentText::moment),
        maybe(record.withdrawn(), Instant::toString),
        record.state().name(),
        maybe(record.replaces(), text -> text),
        record.evidence().name(),
        maybe(record.givenCapable(), String::valueOf),
        how.method().reveal(),
        how.obtainedBy().reveal(),
        how.place().reveal(),
        how.told().reveal(),
        maybe(withdrawal, w -> w.when().toString()),
        maybe(withdrawal, w -> w.who().reveal()),
        maybe(withdrawal, w -> w.how().reveal()),
        maybe(how.obtainedOn(), LocalDate::toString),
        maybe(how.where(), Confidential::reveal),
        maybe(how.evidence(), Confidential::reveal),
        Fields.of(how.givers().stream().map(ConsentText::giver).toList()),
        maybe(entry.consent().subject(), ConsentText::client));
  }

  static ConsentEntry read(String text, ClientPseudonyms client, int version, Instant at) {
    List<String> fields = Fields.split(text);
    boolean first = fields.size() == FIRST_FIELDS && fields.get(0).equals(FIRST_FORM);
    if (!first && (fields.size() != FIELDS || !fields.get(0).equals(FORM))) {
      throw new StoreException.Damaged("a consent in a form this program does not know");
    }
    ConsentRecord record =
        new ConsentRecord(
            fields.get(1),
            ConsentRecord.Type.valueOf(fields.get(2)),
            client.primary().value(),
            many(fields.get(3), one -> one),
            many(fields.get(4), Party::new),
            many(fields.get(5), Party::new),
            many(fields.get(6), Purpose::new),
            many(fields.get(7), Category::new),
            Instant.parse(fields.get(8)),
            maybe(fields.get(9), ConsentText::moment),
            maybe(fields.get(10), ConsentText::moment),
            maybe(fields.get(11), Instant::parse),
            ConsentRecord.State.valueOf(fields.get(12)),
            maybe(fields.get(13), one -> one),
            ConsentRecord.Evidence.valueOf(fields.get(14)),
            maybe(fields.get(15), Boolean::valueOf));
    Documentation how =
        Documentation.of(fields.get(16), fields.get(17), fields.get(18), fields.get(19));
    Optional<Client> subject = Optional.empty();
    if (!first) {
      how =
          how.given(maybe(fields.get(23), LocalDate::parse), maybe(fields.get(24), one -> one))
              .provedBy(maybe(fields.get(25), one -> one))
              .by(Fields.split(fields.get(26)).stream().map(ConsentText::giver).toList());
      subject = maybe(fields.get(27), ConsentText::client);
    }
    Optional<ConsentEntry.Withdrawal> withdrawal =
        maybe(fields.get(20), Instant::parse)
            .map(
                when ->
                    ConsentEntry.Withdrawal.of(
                        when,
                        maybe(fields.get(21), one -> one).orElse(""),
                        maybe(fields.get(22), one -> one).orElse("")));
    return new ConsentEntry(
        new RegisteredConsent(record, how, client, subject), version, at, withdrawal);
  }

  private static String giver(Giver giver) {
    return Fields.of(
        maybe(giver.name(), Confidential::reveal),
        giver.authority().name(),
        maybe(giver.until(), LocalDate::toString));
  }

  private static Giver giver(String text) {
    List<String> fields = Fields.split(text);
    return new Giver(
        maybe(fields.get(0), Confidential::of),
        Giver.Authority.valueOf(fields.get(1)),
        maybe(fields.get(2), LocalDate::parse));
  }

  private static String client(Client client) {
    return Fields.of(
        maybe(client.name(), Confidential::reveal),
        maybe(client.initials(), Confidential::reveal),
        maybe(client.birthDate(), born -> born.reveal().toString()),
        maybe(client.postcode(), postcode -> postcode.reveal().toString()),
        maybe(client.houseNumber(), Confidential::reveal),
        maybe(client.bsn(), bsn -> bsn.digits().reveal()),
        maybe(client.phone(), Confidential::reveal));
  }

  private static Client client(String text) {
    List<String> fields = Fields.split(text);
    return new Client(
        maybe(fields.get(0), Confidential::of),
        maybe(fields.get(1), Confidential::of),
        maybe(fields.get(2), LocalDate::parse).map(Confidential::of),
        maybe(fields.get(3), one -> one).flatMap(Postcode::parse).map(Confidential::of),
        maybe(fields.get(4), Confidential::of),
        maybe(fields.get(6), Confidential::of),
        maybe(fields.get(5), one -> one).flatMap(Bsn::parse),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private static <T> String many(Set<T> some, Function<T, String> text) {
    return Fields.of(some.stream().map(text).sorted().toList());
  }

  private static <T> Set<T> many(String text, Function<String, T> one) {
    return Fields.split(text).stream().map(one).collect(Collectors.toSet());
  }

  /** Present: {@code +} and the value; absent: nothing. An empty value is not an absent one. */
  private static <T> String maybe(Optional<T> one, Function<T, String> text) {
    return one.map(text).map(t -> "+" + t).orElse("");
  }

  private static <T> Optional<T> maybe(String text, Function<String, T> one) {
    return text.isEmpty() ? Optional.empty() : Optional.of(one.apply(text.substring(1)));
  }

  private static String moment(Moment moment) {
    if (moment instanceof Moment.Day day) {
      return "D" + day.date();
    }
    return "I" + ((Moment.At) moment).instant();
  }

  private static Moment moment(String text) {
    String rest = text.substring(1);
    return text.charAt(0) == 'D'
        ? new Moment.Day(LocalDate.parse(rest))
        : new Moment.At(Instant.parse(rest));
  }
}
