package nl.wotpoort.desk;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.mime.ConsentNote;
import nl.wotpoort.mime.ConsentNote.Field;
import nl.wotpoort.mime.ConsentNoteReader;
import nl.wotpoort.mime.Heading;
import nl.wotpoort.mime.ReceiptLetter;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.ClientPseudonyms;
import nl.wotpoort.store.ConsentEntry;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.Documentation;
import nl.wotpoort.store.Giver;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.store.Posting;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * The consent desk by mail: a worker's signed and encrypted mail records a consent at once, or
 * withdraws one, and what was written down is read back to him; he mends it by sending it again
 * with {@code Vervangt}, or withdraws it by reply (docs/consent-by-mail.md).
 *
 * <p>What if the process dies? A record is written with its read-back and with what goes on because
 * of it, in one transaction. A withdrawal is written before the read-back: done again it finds
 * itself withdrawn, and the answer is the same.
 */
final class ConsentDesk {

  private static final List<Field> DEMANDED =
      List.of(
          Field.BY,
          Field.HOLDERS,
          Field.RECIPIENTS,
          Field.PURPOSES,
          Field.CATEGORIES,
          Field.METHOD,
          Field.WHERE,
          Field.OBTAINED_BY,
          Field.PLACE,
          Field.TOLD);

  private final Rooms rooms;
  private final Envelopes envelopes;
  private final ConsentNoteReader reader = new ConsentNoteReader();
  private final Texts texts;

  ConsentDesk(Rooms rooms, Envelopes envelopes) {
    this.rooms = rooms;
    this.envelopes = envelopes;
    this.texts = Texts.of("desk", rooms.identity().language());
  }

  /**
   * The posting for a worker's mail to the desk.
   *
   * @throws CannotSeal when nothing can be sealed for the worker: then nothing is recorded
   */
  Posting posting(Docket docket) throws CannotSeal {
    if (rooms.directory().sealingFor(docket.sender()).isEmpty()) {
      return Posting.held(
          HoldCause.NOT_SEALABLE,
          "NO_PARTNER",
          Consequences.none().journalling(journal(docket, "HELD", JournalEntry.Outcome.FAILED)));
    }
    ConsentNote note = reader.read(docket.judged().opened().content());
    List<String> wrong =
        note.text(Field.WITHDRAW).isPresent() ? lacksHow(note) : lacks(note, docket);
    if (!wrong.isEmpty()) {
      return answer(
          docket,
          Consequences.none()
              .journalling(journal(docket, "CONSENT_NOT_RECORDED", JournalEntry.Outcome.REFUSED)),
          new Told(
              ReceiptLetter.Outcome.REFUSED,
              Optional.empty(),
              Optional.empty(),
              wrong,
              List.of(texts.say("note.advice")),
              Optional.empty()));
    }
    return note.text(Field.WITHDRAW).isPresent() ? withdrawn(docket, note) : recorded(docket, note);
  }

  private Posting withdrawn(Docket docket, ConsentNote note) throws CannotSeal {
    String id = note.text(Field.WITHDRAW).orElseThrow().toUpperCase(Locale.ROOT);
    Optional<ConsentEntry> entry =
        rooms
            .store()
            .consents()
            .withdraw(
                id,
                ConsentEntry.Withdrawal.of(
                    docket.now(),
                    note.text(Field.WITHDRAWN_BY).orElseThrow(),
                    note.text(Field.HOW).orElseThrow()),
                actor(docket),
                docket.now());
    Consequences none = Consequences.none();
    if (entry.isEmpty()) {
      return answer(
          docket,
          none.journalling(journal(docket, "CONSENT_NOT_KNOWN", JournalEntry.Outcome.REFUSED)),
          Told.done(List.of(texts.say("note.unknown", id)), List.of()));
    }
    return answer(
        docket,
        none.journalling(
            journal(docket, "CONSENT_WITHDRAWN_BY_MAIL", JournalEntry.Outcome.SUCCESS)
                .concerning(entry.get().consent().client())
                .restingOn(Set.of(id), List.of())),
        Told.done(List.of(texts.say("note.withdrawn", id)), List.of()));
  }

  private Posting recorded(Docket docket, ConsentNote note) throws CannotSeal {
    ConsentForm form = form(note);
    ClientPseudonyms client =
        rooms
            .store()
            .pseudonyms()
            .client(form.client())
            .orElseThrow(() -> new AssertionError("looked at before"));
    String id = ConsentIds.draw();
    Consequences all =
        Consequences.none()
            .recording(form.toRecord(id, client, docket.now()))
            .journalling(
                journal(docket, "CONSENT_BY_MAIL", JournalEntry.Outcome.SUCCESS)
                    .concerning(client)
                    .restingOn(Set.of(id), List.of()));
    for (MessageRef waiting : ConsentClerk.waitingFor(rooms.store(), client)) {
      all =
          all.doing(
              new Consequences.HeldDeed(
                  waiting, Consequences.HeldDeed.Kind.RELEASE, actor(docket)));
    }
    return answer(
        docket,
        all,
        Told.done(
            List.of(texts.say("note.recorded", id), sentence(form)),
            List.of(texts.say("note.mend", id))));
  }

  private static JournalEntry journal(Docket docket, String event, JournalEntry.Outcome outcome) {
    return JournalEntry.of(
            docket.now(), event, JournalEntry.Action.EXECUTE, actor(docket), docket.claimed().ref())
        .ending(outcome)
        .comingFrom(docket.claimed().source());
  }

  private static Actor actor(Docket docket) {
    return Actor.of(docket.sender().toString(), "worker");
  }

  private ConsentForm form(ConsentNote note) {
    List<Giver> by = givers(note);
    return new ConsentForm(
        note.isObjection() ? ConsentRecord.Type.OBJECTION : ConsentRecord.Type.CONSENT,
        note.client(),
        by.stream().map(Giver::inRecord).collect(Collectors.toUnmodifiableSet()),
        parties(note, Field.HOLDERS),
        parties(note, Field.RECIPIENTS),
        Set.copyOf(note.purposes()),
        Set.copyOf(note.categories()),
        note.day(Field.FROM),
        note.day(Field.UNTIL),
        Documentation.of(
                said(note, Field.METHOD),
                said(note, Field.OBTAINED_BY),
                said(note, Field.PLACE),
                said(note, Field.TOLD))
            .given(note.day(Field.OBTAINED_ON), note.text(Field.WHERE))
            .provedBy(note.text(Field.EVIDENCE))
            .by(by),
        note.capable(),
        note.text(Field.REPLACES));
  }

  private static String said(ConsentNote note, Field field) {
    return note.text(field).orElse("");
  }

  private static List<Giver> givers(ConsentNote note) {
    return note.items(Field.BY).stream()
        .flatMap(text -> ConsentVocabulary.giver(text).stream())
        .toList();
  }

  private static Set<Party> parties(ConsentNote note, Field field) {
    return note.items(field).stream().map(Party::new).collect(Collectors.toUnmodifiableSet());
  }

  private List<String> lacksHow(ConsentNote note) {
    return List.of(Field.WITHDRAWN_BY, Field.HOW).stream()
        .filter(field -> note.text(field).isEmpty())
        .map(field -> texts.say("note.lacks", name(field)))
        .toList();
  }

  /**
   * What stands in the way of recording it, a sentence each; none of them says anything personal.
   */
  private List<String> lacks(ConsentNote note, Docket docket) {
    LocalDate today = docket.now().atZone(Moment.AMSTERDAM).toLocalDate();
    ConsentVocabulary words = new ConsentVocabulary(rooms.tables().on(today), rooms.directory());
    Set<String> wrong = new LinkedHashSet<>();
    DEMANDED.stream()
        .filter(field -> note.items(field).isEmpty()) // nothing but commas says nothing either
        .forEach(field -> wrong.add(texts.say("note.lacks", name(field))));
    note.unclear().stream()
        .sorted()
        .forEach(field -> wrong.add(texts.say("note.unclear", name(field))));
    if (!note.client().isIdentified()) {
      wrong.add(texts.say("note.client"));
    }
    unknown(note, Field.BY, text -> ConsentVocabulary.giver(text).isPresent(), wrong);
    unknown(note, Field.HOLDERS, words::isParty, wrong);
    unknown(note, Field.RECIPIENTS, words::isParty, wrong);
    if (note.day(Field.UNTIL).filter(until -> until.isBefore(today)).isPresent()
        || note.day(Field.OBTAINED_ON).filter(on -> on.isAfter(today)).isPresent()) {
      wrong.add(texts.say("note.period"));
    }
    note.text(Field.REPLACES).flatMap(id -> replaces(id, note)).ifPresent(wrong::add);
    return List.copyOf(wrong);
  }

  /**
   * What stands in the way of one that comes in the place of another. Whoever is found by the other
   * one's client must be found by this one's: else the other would go on counting for whomever it
   * was put down for by mistake.
   */
  private Optional<String> replaces(String id, ConsentNote note) {
    Optional<ConsentEntry> old = rooms.store().consents().show(id);
    if (old.isEmpty()) {
      return Optional.of(texts.say("note.unknown", id));
    }
    boolean stands = old.get().consent().record().withdrawn().isEmpty();
    boolean covered =
        rooms
            .store()
            .pseudonyms()
            .client(note.client())
            .map(client -> client.all().containsAll(old.get().consent().client().all()))
            .orElse(true); // who it is about is asked for already
    return stands && !covered ? Optional.of(texts.say("note.otherClient", id)) : Optional.empty();
  }

  private void unknown(
      ConsentNote note, Field field, Predicate<String> isKnown, Set<String> wrong) {
    if (!note.items(field).stream().allMatch(isKnown)) {
      wrong.add(texts.say("note.unclear", name(field)));
    }
  }

  private String name(Field field) {
    return texts.say("note.field." + field.name());
  }

  /** What was recorded, as one would say it. */
  private String sentence(ConsentForm form) {
    Documentation how = form.documentation();
    Client client = form.client();
    return texts.say(
        "note.sentence." + form.type().name(),
        joined(how.givers().stream().map(this::shown).toList()),
        client.name().map(Confidential::reveal).orElse("?"),
        client.birthDate().map(Confidential::reveal).map(LocalDate::toString).orElse("?"),
        joined(form.holders().stream().map(Party::path).toList()),
        joined(form.recipients().stream().map(Party::path).toList()),
        joined(form.purposes().stream().map(Purpose::code).toList()),
        joined(form.categories().stream().map(Category::code).toList()),
        form.from().map(LocalDate::toString).orElseGet(() -> texts.say("note.now")),
        form.until().map(LocalDate::toString).orElseGet(() -> texts.say("note.untilWithdrawn")),
        how.method().reveal(),
        how.where().map(Confidential::reveal).orElse("?"),
        how.obtainedBy().reveal(),
        how.place().reveal(),
        how.told().reveal());
  }

  private String shown(Giver giver) {
    String authority = texts.say("note.authority." + giver.authority().name());
    return giver
        .name()
        .map(Confidential::reveal)
        .map(name -> name + " (" + authority + ")")
        .orElse(authority);
  }

  private static String joined(Collection<String> some) {
    return some.stream().sorted().collect(Collectors.joining(", "));
  }

  private Posting answer(Docket docket, Consequences so, Told told) throws CannotSeal {
    Address worker = docket.sender();
    Sealing sealing =
        rooms
            .directory()
            .sealingFor(worker)
            .orElseThrow(() -> new AssertionError("looked at before"));
    Heading heading =
        envelopes.heading(
            envelopes.signerFor(docket.claimed().mailbox(), docket.now()),
            Optional.of(rooms.identity().organisation()),
            worker,
            Optional.of(docket.claimed().mailbox()),
            envelopes.messageId(docket.claimed().ref(), "consent", worker, docket.round()),
            docket.judged().reading().head().messageId(),
            docket.now());
    ReceiptLetter letter =
        new ReceiptLetter(
            heading,
            told.outcome(),
            docket.claimed().receivedAt(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new ArrayList<>(told.reasons()),
            told.advice(),
            Optional.empty(),
            docket.judged().reading().head().messageId(),
            docket.claimed().envelopeRecipient().orElse(docket.claimed().mailbox()),
            docket.judged().opened().content().contentSha256(),
            language());
    OutgoingLetter receipt =
        OutgoingLetter.of(
            OutgoingLetter.Kind.RECEIPT,
            heading.messageId(),
            worker,
            envelopes.seal(
                rooms.writer().receipt(letter), heading, sealing, Optional.empty(), true));
    return Posting.done(docket.fingerprint(), so.sending(receipt));
  }

  private Language language() {
    return rooms.identity().language();
  }
}
