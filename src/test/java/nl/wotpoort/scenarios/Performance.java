package nl.wotpoort.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wotpoort.desk.ConsentClerk;
import nl.wotpoort.desk.ConsentForm;
import nl.wotpoort.desk.DeadlineClerk;
import nl.wotpoort.desk.Requests;
import nl.wotpoort.desk.SecondPerson;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.Documentation;
import nl.wotpoort.store.HeldMessage;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.JournalLine;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/** One scenario played in one house, step by step. */
final class Performance {

  private static final Texts RECEIPTS = Texts.of("mime", Language.NL);
  private static final String OURS = "@wotschiedam.nl";

  private final Scenario scenario;
  private final PostOffice office;
  private final House house;
  private final Openssl openssl;
  private final Map<Address, Integer> seen = new HashMap<>();
  private final List<String> forwards = new ArrayList<>();
  private Optional<Address> author = Optional.empty();
  private Optional<Bytes> lastReceipt = Optional.empty();

  Performance(Scenario scenario, PostOffice office, House house, Openssl openssl) {
    this.scenario = scenario;
    this.office = office;
    this.house = house;
    this.openssl = openssl;
  }

  void play() {
    scenario.steps().forEach(this::play);
  }

  private void play(Scenario.Step step) {
    long journalled = house.journal(0).size();
    int delivered = office.envelopes().size();
    act(step);
    house.settle(office);
    step.value("decision")
        .ifPresent(
            decision -> assertThat(house.events(journalled)).as("journal").contains(decision));
    List<PostOffice.Envelope> out =
        office.envelopes().subList(delivered, office.envelopes().size()).stream()
            .filter(e -> !e.to().endsWith(OURS))
            .toList();
    step.value("forward to").ifPresent(to -> forward(step, to, out));
    step.value("receipt").ifPresent(kind -> receipt(step, kind, out));
    step.value("state")
        .ifPresent(
            state ->
                assertThat(
                        house
                            .store()
                            .referrals()
                            .show(House.caseNumber(1))
                            .map(file -> file.state().name()))
                    .as("state")
                    .contains(state));
    step.value("rule")
        .ifPresent(
            rule ->
                assertThat(
                        house.journal(0).stream()
                            .map(JournalLine::entry)
                            .filter(entry -> !entry.ruleIds().isEmpty())
                            .reduce((first, last) -> last)
                            .map(JournalEntry::ruleIds))
                    .hasValueSatisfying(rules -> assertThat(rules).contains(rule)));
    step.value("hold").ifPresent(this::held);
    step.value("request")
        .ifPresent(
            state ->
                assertThat(house.store().requests().newest(1))
                    .as("the newest request")
                    .extracting(request -> request.state().name())
                    .containsExactly(state));
    if (step.value("decision").isPresent() && step.value("hold").isEmpty()) {
      assertThat(house.held()).as("nothing is held").isEmpty();
    }
  }

  private void act(Scenario.Step step) {
    String value = step.action().value();
    switch (step.action().name()) {
      case "mail" -> send(scenario.mail(value), step.value("to").orElseThrow());
      case "reply" -> reply(step, value);
      case "second" -> second(step, value);
      case "consent" -> consent(value, ConsentRecord.Type.CONSENT);
      case "objection" -> consent(value, ConsentRecord.Type.OBJECTION);
      case "withdraw" ->
          assertThat(clerk("").withdraw(value, "client", "mondeling", Actor.of("test", "worker")))
              .isPresent();
      case "later" -> {
        house.clock().move(Duration.parse(value));
        new Requests(house.rooms()).review(house.clock().instant());
      }
      case "clock" -> {
        house.clock().move(Duration.between(house.clock().instant(), Instant.parse(value)));
        new DeadlineClerk(house.rooms()).work(house.clock().instant());
      }
      case "release" ->
          house
              .held()
              .forEach(
                  held ->
                      house
                          .store()
                          .holds()
                          .release(
                              held.ref(), Actor.administrator("test"), house.clock().instant()));
      default -> throw new AssertionError(step.action());
    }
  }

  private void reply(Scenario.Step step, String name) {
    String letter =
        step.value("letter")
            .map(number -> forwards.get(Integer.parseInt(number) - 1))
            .orElseGet(() -> forwards.get(forwards.size() - 1));
    String to = step.value("to").orElseThrow();
    send(
        LateMail.sealed(
                scenario.folder().resolve(name + ".txt"),
                letter,
                Address.of(to),
                house.clock().instant())
            .toArray(),
        to);
  }

  private void second(Scenario.Step step, String by) {
    SecondPerson second =
        new SecondPerson(house.store(), house.rooms().directory(), Set.of("r.smits"));
    HeldMessage held = house.held().get(0);
    assertThat(second.agree(held, by, "test", house.clock().instant()).objection().map(Enum::name))
        .isEqualTo(step.value("refused"));
  }

  private void send(byte[] mail, String to) {
    Address from = authorOf(Bytes.wrap(mail));
    author = Optional.of(from);
    try (Sender sender = new Sender(office.smtpPort())) {
      sender.send(from.toString(), to, mail);
    }
  }

  private static Address authorOf(Bytes mail) {
    try {
      InternetAddress from = (InternetAddress) ReceivedLetter.message(mail).getFrom()[0];
      return Address.of(from.getAddress());
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  private ConsentClerk clerk(String id) {
    return new ConsentClerk(house.store(), house.clock(), () -> id);
  }

  private void consent(String text, ConsentRecord.Type type) {
    Map<String, String> fields =
        Stream.of(("id: " + text).split("; "))
            .map(field -> field.split(": ", 2))
            .collect(Collectors.toMap(f -> f[0], f -> f[1]));
    String[] client = fields.get("client").split(", ");
    ConsentForm form =
        new ConsentForm(
            type,
            client(client[0], LocalDate.parse(client[1])),
            Set.of("client"),
            Set.of(new Party(fields.get("holder"))),
            Set.of(new Party(fields.get("recipient"))),
            Set.of(new Purpose(fields.get("purpose"))),
            Stream.of(fields.get("categories").split(" "))
                .map(Category::new)
                .collect(Collectors.toSet()),
            Optional.empty(),
            Optional.ofNullable(fields.get("until")).map(LocalDate::parse),
            Documentation.of("mondeling", "S. Jansen", "dossier", "wat, met wie en waarvoor"));
    assertThat(clerk(fields.get("id")).record(form, Actor.of("test", "worker"))).isPresent();
  }

  private static Client client(String name, LocalDate born) {
    Client nobody = Client.unknown();
    return new Client(
        Optional.of(Confidential.of(name)),
        nobody.initials(),
        Optional.of(Confidential.of(born)),
        nobody.postcode(),
        nobody.houseNumber(),
        nobody.phone(),
        nobody.bsn(),
        nobody.language(),
        nobody.guardians(),
        nobody.representative());
  }

  private void forward(Scenario.Step step, String to, List<PostOffice.Envelope> out) {
    List<String> got =
        out.stream().filter(e -> !e.from().isEmpty()).map(PostOffice.Envelope::to).toList();
    if (to.equals("none") && step.value("also to").isEmpty()) {
      assertThat(got).as("forwards").isEmpty();
      return;
    }
    Stream<String> first = to.equals("none") ? Stream.empty() : Stream.of(to);
    List<String> all = Stream.concat(first, step.values("also to")).toList();
    assertThat(got).as("forwards").containsExactlyInAnyOrderElementsOf(all);
    step.values("also to").forEach(also -> also(step, Address.of(also)));
    if (to.equals("none")) {
      return;
    }
    ReceivedLetter letter = open(newest(Address.of(to)), Address.of(to));
    forwards.add(messageId(letter));
    step.values("forward contains").forEach(words -> assertThat(letter.text()).contains(words));
    step.values("forward lacks").forEach(words -> assertThat(letter.text()).doesNotContain(words));
  }

  private static String messageId(ReceivedLetter letter) {
    try {
      return ReceivedLetter.message(letter.outside()).getMessageID();
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  private void also(Scenario.Step step, Address to) {
    ReceivedLetter letter = open(newest(to), to);
    step.values("also contains")
        .filter(line -> line.startsWith(to + " "))
        .forEach(
            line -> assertThat(letter.text()).contains(line.substring(to.toString().length() + 1)));
  }

  private void receipt(Scenario.Step step, String kind, List<PostOffice.Envelope> out) {
    List<String> got =
        out.stream().filter(e -> e.from().isEmpty()).map(PostOffice.Envelope::to).toList();
    if (kind.equals("none")) {
      assertThat(got).as("receipts").isEmpty();
      return;
    }
    Address reader = author.orElseThrow();
    assertThat(got).as("receipts").containsExactly(reader.toString());
    Bytes receipt = newest(reader);
    ReceivedLetter letter = open(receipt, reader);
    String word = kind.toLowerCase(Locale.ROOT);
    String subject =
        RECEIPTS.say(
            RECEIPTS.has("receipt.subject." + word)
                ? "receipt.subject." + word
                : "notice." + word + ".subject");
    assertThat(letter.subject()).as("what became of it").contains(subject);
    step.values("receipt contains").forEach(words -> assertThat(letter.text()).contains(words));
    step.values("receipt lacks").forEach(words -> assertThat(letter.text()).doesNotContain(words));
    if (step.value("receipt same as before").isPresent()) {
      assertThat(sealed(receipt)).isEqualTo(sealed(lastReceipt.orElseThrow()));
    }
    lastReceipt = Optional.of(receipt);
  }

  /** Without the lines the mail server put above it. */
  private static String sealed(Bytes mail) {
    String text = mail.decode(java.nio.charset.StandardCharsets.ISO_8859_1);
    return text.substring(text.indexOf("From: "));
  }

  /** Exactly one came since the last time anybody looked. */
  private Bytes newest(Address address) {
    List<Bytes> inbox = new ArrayList<>(office.inbox(address));
    int before = seen.getOrDefault(address, 0);
    seen.put(address, inbox.size());
    assertThat(inbox.size() - before).as("new letters for " + address).isEqualTo(1);
    return inbox.get(before);
  }

  private ReceivedLetter open(Bytes mail, Address reader) {
    return ReceivedLetter.open(mail, reader, openssl, house.clock().instant());
  }

  private void held(String expected) {
    List<HeldMessage> held = house.held();
    assertThat(held).as("held").hasSize(1);
    String[] parts = expected.split(" ");
    assertThat(held.get(0).cause().name()).isEqualTo(parts[0]);
    assertThat(held.get(0).detail()).startsWith(parts[1]);
  }
}
