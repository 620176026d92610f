package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
      Vraag 1: Is er al een contactpersoon van het wijkteam?
      Categorie 1: status
      Vraag 2: Wat is het plan voor de komende maanden?
      Categorie 2: plan
      """;

  /** What we know of the client, and why the journal says the request was held. */
  private static Map<String, Consumer<House>> worlds() {
    Map<String, Consumer<House>> worlds = new LinkedHashMap<>();
    worlds.put("NO_CONSENT nobody is known", house -> {});
    worlds.put(
        "OBJECTION refused",
        house -> house.consent(ConsentRecord.Type.OBJECTION, "wot:oost", "gp:A"));
    worlds.put(
        "EXPIRED",
        house -> {
          house.clock.move(Duration.ofDays(-3));
          record(house, until(form(voorbeeld()), LocalDate.of(2026, 6, 14)));
          house.clock.move(Duration.ofDays(3));
        });
    worlds.put(
        "WITHDRAWN",
        house -> {
          house.clock.move(Duration.ofDays(-3));
          String id = record(house, form(voorbeeld()));
          house.clock.move(Duration.ofDays(1));
          house.clerk().withdraw(id, "cliënt", "telefonisch", WORKER);
          house.clock.move(Duration.ofDays(2));
        });
    worlds.put(
        "OTHER_RECIPIENT", house -> house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:B"));
    worlds.put(
        "CATEGORY_NOT_COVERED",
        house -> record(house, of(form(voorbeeld()), new Category("support.status"))));
    worlds.put("GIVER_NOT_COMPETENT", house -> record(house, givenBy(form(voorbeeld()), "mother")));
    worlds.put(
        "CLIENT_NOT_IDENTIFIED two of the same name and birthday",
        house -> {
          record(house, form(client("J. Voorbeeld", Bsn.parse("999990019"))));
          record(house, form(client("J. Voorbeeld", Bsn.parse("123456782"))));
        });
    return worlds;
  }

  /** All that came of one request, in one world. */
  private record Seen(List<String> letters, List<String> events, List<String> letterKinds) {}

  @Test
  void whatTheAskerReadsTellsNothingOfThePerson() throws IOException {
    Map<String, Seen> seen = new LinkedHashMap<>();
    Bytes mail;
    try (House any = House.in(Files.createDirectory(folder.resolve("any")))) {
      mail = any.fromGp("<1@gp.example>", REQUEST);
    }
    for (Map.Entry<String, Consumer<House>> world : worlds().entrySet()) {
      String name = world.getKey();
      try (House house = House.in(Files.createDirectory(folder.resolve(name)))) {
        world.getValue().accept(house);
        seen.put(name, asked(house, mail, name.split(" ")[0]));
      }
    }
    Seen unknown = seen.values().iterator().next();
    assertThat(unknown.letters()).hasSize(2);
    assertThat(unknown.letters().get(0)).contains("Vraag 1: nog niet doorgestuurd.");
    assertThat(unknown.letters().get(1)).contains("vervallen");
    assertThat(seen.values()).allSatisfy(one -> assertThat(one).isEqualTo(unknown));
  }

  /** Asks, waits until it lapses, and reads what came. */
  private static Seen asked(House house, Bytes mail, String reason) {
    MessageRef ref = house.receive(House.OOST, mail);
    house.work();
    assertThat(house.store.holds().show(ref).map(HeldMessage::detail))
        .as("the journal knows why")
        .hasValueSatisfying(detail -> assertThat(detail).endsWith("/" + reason));
    house.clock.move(Duration.ofDays(30).minusSeconds(1));
    new Requests(house.rooms).review(house.clock.instant());
    house.work();
    assertThat(house.store.holds().show(ref)).as("a second too early").isPresent();
    house.clock.move(Duration.ofSeconds(1));
    new Requests(house.rooms).review(house.clock.instant());
    house.work();
    assertThat(house.store.holds().show(ref)).isEmpty();
    List<String> letters = new ArrayList<>();
    for (Post.Parcel parcel : house.post.takenFor(House.GP)) {
      letters.add(
          house.readByGp(parcel.letter()).replaceAll("boundary=\"?[^\";\\n]+\"?", "boundary=…")
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

  private static ConsentForm form(Client client) {
    return new ConsentForm(
        ConsentRecord.Type.CONSENT,
        client,
        Set.of("client"),
        Set.of(new Party("wot:oost")),
        Set.of(new Party("gp:A")),
        Set.of(new Purpose("support")),
        Set.of(new Category("support")),
        Optional.empty(),
        Optional.empty(),
        Documentation.of("mondeling", "S. Jansen", "dossier Oost", "wat, met wie, waarvoor"));
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
