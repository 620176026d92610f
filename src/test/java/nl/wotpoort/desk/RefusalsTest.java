package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bsn;
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
import nl.wotpoort.store.JournalLine;
import nl.wotpoort.store.MessageRef;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Policy, rule 12: whether a person is known is itself personal data. The same request, in worlds
 * that differ in what we know of the client, is answered with the same bytes, by the same steps, at
 * the same moments; only the journal knows better.
 */
class RefusalsTest {

  private static final Actor WORKER = Actor.of("test", "worker");

  @TempDir Path folder;

  private static final String REQUEST =
      """
      Doel: Ondersteuning
      Cliënt: J. Voorbeeld
      Geboortedatum: 1980-04-02
      Vraag 1: Wat is er al bekend?
      Categorie 1: %s
      Vraag 2: Wat is van belang voor de komende maanden?
      Categorie 2: %s
      """;

  private static final String TO_THE_PRACTICE = "Aan: " + House.GP + "\n";

  /** Who asks whom: a practice asks a team, a team asks a practice. */
  private enum Way {
    GP_ASKS("wot:oost", "gp:A", "support", "support.status", "status", "plan"),
    TEAM_ASKS(
        "gp:A", "wot:oost", "medical", "medical.summary", "medical.summary", "medical.medication");

    private final String holder;
    private final String asker;
    private final String covering;
    private final String part;
    private final String request;

    Way(String holder, String asker, String covering, String part, String one, String two) {
      this.holder = holder;
      this.asker = asker;
      this.covering = covering;
      this.part = part;
      this.request = REQUEST.formatted(one, two);
    }

    Address address() {
      return this == GP_ASKS ? House.GP : House.TEAM_OOST;
    }

    Address asked() {
      return this == GP_ASKS ? House.TEAM_OOST : House.GP;
    }

    Address mailbox() {
      return this == GP_ASKS ? House.OOST : Address.of("post@wotschiedam.nl");
    }

    /** {@code more} makes it another letter under the same Message-ID. */
    Bytes mail(House house, String more) {
      return this == GP_ASKS
          ? house.fromGp("<1@gp.example>", request + more)
          : house.sealed(
              House.TEAM_OOST,
              "team/oost.p12",
              mailbox(),
              "gateway/post.pem",
              "<1@intern.wotschiedam.nl>",
              TO_THE_PRACTICE + request + more);
    }

    String read(House house, Bytes letter) {
      return this == GP_ASKS ? house.readByGp(letter) : house.readByTeam(letter);
    }

    ConsentForm form() {
      return RefusalsTest.form(this, voorbeeld());
    }
  }

  /**
   * What we know of the client when the request comes in.
   *
   * @param reason why the journal says it was held
   * @param between what happens after it was decided and before a letter leaves
   */
  private record World(
      String reason, BiConsumer<House, Way> before, BiConsumer<House, Way> between) {

    World(String reason, BiConsumer<House, Way> before) {
      this(reason, before, (house, way) -> {});
    }
  }

  /** All of them for the way most go; the other differs at the door only. */
  private static Map<String, World> worlds(Way way) {
    Map<String, World> worlds = new LinkedHashMap<>();
    worlds.put("nobody is known", new World("NO_CONSENT", (house, any) -> {}));
    if (way == Way.GP_ASKS) {
      worlds.putAll(atTheDesk());
    }
    worlds.putAll(atTheDoor());
    return worlds;
  }

  private static Map<String, World> atTheDesk() {
    Map<String, World> worlds = new LinkedHashMap<>();
    worlds.put(
        "refused", new World("OBJECTION", (house, way) -> record(house, objection(way.form()))));
    worlds.put(
        "expired",
        new World(
            "EXPIRED",
            (house, way) -> {
              house.clock.move(Duration.ofDays(-3));
              record(house, until(way.form(), LocalDate.of(2026, 6, 14)));
              house.clock.move(Duration.ofDays(3));
            }));
    worlds.put(
        "withdrawn",
        new World(
            "WITHDRAWN",
            (house, way) -> {
              house.clock.move(Duration.ofDays(-3));
              String id = record(house, way.form());
              house.clock.move(Duration.ofDays(1));
              withdraw(house, id);
              house.clock.move(Duration.ofDays(2));
            }));
    worlds.put(
        "for somebody else",
        new World(
            "OTHER_RECIPIENT",
            (house, way) -> record(house, recipient(way.form(), new Party("cit")))));
    worlds.put(
        "a part only",
        new World(
            "CATEGORY_NOT_COVERED",
            (house, way) -> record(house, of(way.form(), new Category(way.part)))));
    worlds.put(
        "not the giver's to give",
        new World(
            "GIVER_NOT_COMPETENT", (house, way) -> record(house, givenBy(way.form(), "mother"))));
    worlds.put(
        "two of the same name and birthday",
        new World(
            "CLIENT_NOT_IDENTIFIED",
            (house, way) -> {
              record(house, form(way, client("J. Voorbeeld", Bsn.parse("999990019"))));
              record(house, form(way, client("J. Voorbeeld", Bsn.parse("123456782"))));
            }));
    return worlds;
  }

  /** It was permitted, and is not any more when its letter is to leave. */
  private static Map<String, World> atTheDoor() {
    BiConsumer<House, Way> permitted = (house, way) -> record(house, way.form());
    Map<String, World> worlds = new LinkedHashMap<>();
    worlds.put(
        "withdrawn before the door",
        new World("WITHDRAWN", permitted, (house, way) -> withdraw(house, "C-1")));
    worlds.put(
        "objected before the door",
        new World(
            "OBJECTION",
            permitted,
            (house, way) -> {
              house.clock.move(Duration.ofSeconds(1));
              record(house, objection(way.form()));
            }));
    worlds.put(
        "expired before the door",
        new World(
            "EXPIRED",
            (house, way) -> record(house, until(way.form(), LocalDate.of(2026, 6, 15))),
            (house, way) -> house.clock.move(Duration.ofHours(13))));
    worlds.put(
        "withdrawn while the next hop was away",
        new World("WITHDRAWN", permitted, RefusalsTest::withdrawnWhileAway));
    return worlds;
  }

  private static void withdrawnWhileAway(House house, Way way) {
    house.post.away(way.asked());
    house.dispatch().work();
    assertThat(house.post.taken).as("no more silent than a request that is held").hasSize(1);
    for (int hour = 0; hour < 6; hour++) {
      house.clock.move(Duration.ofHours(1));
      house.work();
    }
    withdraw(house, "C-1");
    house.post.back(way.asked());
    house.clock.move(Duration.ofHours(4));
  }

  /** All that came of one request, in one world. */
  private record Seen(List<String> letters, List<String> events, List<String> letterKinds) {}

  @ParameterizedTest
  @EnumSource(Way.class)
  void whatTheAskerReadsTellsNothingOfThePerson(Way way) throws IOException {
    Map<String, Seen> seen = new LinkedHashMap<>();
    List<Bytes> mails;
    try (House any = House.in(Files.createDirectory(folder.resolve("any")))) {
      mails = List.of(way.mail(any, ""), way.mail(any, "Toelichting: nog eens\n"));
    }
    for (Map.Entry<String, World> world : worlds(way).entrySet()) {
      String name = world.getKey();
      try (House house = House.in(Files.createDirectory(folder.resolve(name)))) {
        world.getValue().before().accept(house, way);
        seen.put(name, asked(house, way, mails, world.getValue()));
      }
    }
    Seen unknown = seen.values().iterator().next();
    assertThat(unknown.letters()).hasSize(6);
    assertThat(unknown.letters().get(0)).contains("Vraag 1: nog niet doorgestuurd.");
    assertThat(unknown.letters().get(5)).contains("vervallen");
    assertThat(seen)
        .allSatisfy((name, one) -> assertThat(one.letters()).isEqualTo(unknown.letters()));
    seen.keySet().removeAll(atTheDoor().keySet());
    assertThat(seen.values()).allSatisfy(one -> assertThat(one).isEqualTo(unknown));
  }

  /**
   * Asks; asks again with the same mail and with another under the same Message-ID, as one who
   * would find something out; waits until all lapse, and reads what came.
   */
  private static Seen asked(House house, Way way, List<Bytes> mails, World world) {
    MessageRef ref = house.receive(way.mailbox(), mails.get(0));
    Instant came = house.clock.instant();
    house.desk().work();
    world.between().accept(house, way);
    house.work();
    house.work();
    assertThat(house.store.holds().show(ref).map(HeldMessage::detail))
        .as("the journal knows why: " + world.reason())
        .hasValueSatisfying(detail -> assertThat(detail).endsWith("/" + world.reason()));
    house.clock.move(Duration.between(house.clock.instant(), came.plus(Duration.ofDays(1))));
    mails.forEach(mail -> house.receive(way.mailbox(), mail));
    house.work();
    Instant end = came.plus(Duration.ofDays(30));
    house.clock.move(Duration.between(house.clock.instant(), end).minusSeconds(1));
    new Requests(house.rooms).review(house.clock.instant());
    house.work();
    assertThat(house.store.holds().show(ref)).as("a second too early").isPresent();
    house.clock.move(Duration.ofSeconds(1));
    new Requests(house.rooms).review(house.clock.instant());
    house.work();
    assertThat(house.store.holds().show(ref)).isEmpty();
    house.clock.move(Duration.ofDays(1));
    new Requests(house.rooms).review(house.clock.instant());
    house.work();
    List<String> letters = new ArrayList<>();
    for (Post.Parcel parcel : house.post.takenFor(way.address())) {
      letters.add(
          way.read(house, parcel.letter()).replaceAll("boundary=\"?[^\";\\n]+\"?", "boundary=…")
              + "\nOutside: "
              + parcel.header("Subject")
              + parcel.header("From")
              + parcel.sender());
    }
    assertThat(house.post.taken).as("nobody else hears").hasSameSizeAs(letters);
    return new Seen(
        letters,
        house.store.journal().about(ref.toString()).stream()
            .map(JournalLine::entry)
            .map(entry -> entry.event())
            .toList(),
        house.store.outbox().of(ref).stream().map(file -> file.kind().name()).toList());
  }

  private static void withdraw(House house, String id) {
    assertThat(house.clerk().withdraw(id, "cliënt", "telefonisch", WORKER)).isPresent();
  }

  private static String record(House house, ConsentForm form) {
    return house.clerk().record(form, WORKER).orElseThrow().id();
  }

  private static Client voorbeeld() {
    return client("J. Voorbeeld", Optional.empty());
  }

  private static Client client(String name, Optional<Bsn> bsn) {
    Client nobody = Client.unknown();
    return new Client(
        Optional.of(Confidential.of(name)),
        nobody.initials(),
        Optional.of(Confidential.of(LocalDate.of(1980, 4, 2))),
        nobody.postcode(),
        nobody.houseNumber(),
        nobody.phone(),
        bsn,
        nobody.language(),
        nobody.guardians(),
        nobody.representative());
  }

  private static ConsentForm form(Way way, Client client) {
    return new ConsentForm(
        ConsentRecord.Type.CONSENT,
        client,
        Set.of("client"),
        Set.of(new Party(way.holder)),
        Set.of(new Party(way.asker)),
        Set.of(new Purpose("support")),
        Set.of(new Category(way.covering)),
        Optional.empty(),
        Optional.empty(),
        Documentation.of("mondeling", "S. Jansen", "dossier Oost", "wat, met wie, waarvoor"));
  }

  private static ConsentForm objection(ConsentForm f) {
    return new ConsentForm(
        ConsentRecord.Type.OBJECTION,
        f.client(),
        f.by(),
        f.holders(),
        f.recipients(),
        f.purposes(),
        f.categories(),
        f.from(),
        f.until(),
        f.documentation());
  }

  private static ConsentForm recipient(ConsentForm f, Party recipient) {
    return new ConsentForm(
        f.type(),
        f.client(),
        f.by(),
        f.holders(),
        Set.of(recipient),
        f.purposes(),
        f.categories(),
        f.from(),
        f.until(),
        f.documentation());
  }

  private static ConsentForm until(ConsentForm f, LocalDate day) {
    return new ConsentForm(
        f.type(),
        f.client(),
        f.by(),
        f.holders(),
        f.recipients(),
        f.purposes(),
        f.categories(),
        f.from(),
        Optional.of(day),
        f.documentation());
  }

  private static ConsentForm of(ConsentForm f, Category category) {
    return new ConsentForm(
        f.type(),
        f.client(),
        f.by(),
        f.holders(),
        f.recipients(),
        f.purposes(),
        Set.of(category),
        f.from(),
        f.until(),
        f.documentation());
  }

  private static ConsentForm givenBy(ConsentForm f, String giver) {
    return new ConsentForm(
        f.type(),
        f.client(),
        Set.of(giver),
        f.holders(),
        f.recipients(),
        f.purposes(),
        f.categories(),
        f.from(),
        f.until(),
        f.documentation());
  }
}
