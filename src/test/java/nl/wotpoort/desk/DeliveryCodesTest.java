package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wotpoort.letter.Address;
import nl.wotpoort.settings.Routes;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.DeliveryBook;
import nl.wotpoort.store.JournalLine;
import nl.wotpoort.store.MessageRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new delivery address gets a code, and no client's mail until the code came back. */
class DeliveryCodesTest {

  private static final Actor ADMIN = Actor.administrator("beheer");
  private static final Address NEW_OOST = Address.of("oost-nieuw@intern.wotschiedam.nl");
  private static final Address COORDINATOR = Address.of("coordinator-oost@intern.wotschiedam.nl");
  private static final Address BAKKER = Address.of("m.bakker@intern.wotschiedam.nl");
  private static final Pattern CODE = Pattern.compile("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}");

  @TempDir Path folder;

  private static Activation.Result activate(House house, Map<String, byte[]> files) {
    return new Activation(
            House.CONFIGURATION.settings(), house.store, Furnishing.SampleKeys.ALLOWED, house.clock)
        .activate(files, ADMIN, "ROUTES_ACTIVATED");
  }

  /** Team oost is delivered elsewhere from now on. */
  private static Map<String, byte[]> moved() {
    return LiveRoomsTest.files(
        Routes.DIRECTORY,
        "address: oost@intern.wotschiedam.nl",
        "address: oost-nieuw@intern.wotschiedam.nl");
  }

  private static List<String> events(House house) {
    return house.store.journal().after(0, 1000).stream()
        .map(line -> line.entry().event())
        .filter(event -> event.startsWith("DELIVERY_"))
        .toList();
  }

  private static String detail(House house, String event) {
    return house.store.journal().after(0, 1000).stream()
        .map(JournalLine::entry)
        .filter(entry -> entry.event().equals(event))
        .findFirst()
        .orElseThrow()
        .detail()
        .orElseThrow()
        .reveal();
  }

  private static String codeIn(String text) {
    Matcher code = CODE.matcher(text);
    assertThat(code.find()).as(text).isTrue();
    return code.group();
  }

  /** Of another client each time: a running case would have its contact person. */
  private static void refer(House house, LiveRooms live, String id) {
    String born = "1980-04-1" + id.charAt(1);
    house.receive(House.OOST, house.fromGp(id, House.REFERRAL.replace("1980-04-02", born)));
    new Desk(live).work();
    house.dispatch().work();
  }

  @Test
  void whoSetsTheGatewayUpVouchesForItsFirstAddresses() {
    try (House house = House.in(folder)) {
      LiveRooms live = LiveRooms.following(House.CONFIGURATION, house.rooms);
      assertThat(house.store.deliveries().awaited()).isEmpty();
      refer(house, live, "<1@gp.example>");
      assertThat(house.post.takenFor(House.TEAM_OOST)).hasSize(1);
    }
  }

  @Test
  void aNewAddressGetsNoClientsMailUntilItsCodeCameBack() {
    try (House house = House.in(folder)) {
      LiveRooms live = LiveRooms.following(House.CONFIGURATION, house.rooms);
      DeliveryCodes codes = new DeliveryCodes(live);
      activate(house, moved());
      refer(house, live, "<1@gp.example>");
      assertThat(house.post.takenFor(NEW_OOST)).as("not before the code").isEmpty();
      assertThat(house.post.takenFor(COORDINATOR)).hasSize(1);

      codes.at(house.clock.instant());
      codes.at(house.clock.instant());
      house.dispatch().work();
      assertThat(house.post.takenFor(NEW_OOST)).as("one letter with one code").hasSize(1);
      String letter =
          house.read(house.post.takenFor(NEW_OOST).get(0).letter(), NEW_OOST, "team/oost.p12");
      assertThat(letter)
          .contains("Bevestig dit nieuwe postadres", "oost-nieuw@intern.wotschiedam.nl")
          .doesNotContain("Voorbeeld");
      refer(house, live, "<2@gp.example>");
      assertThat(house.post.takenFor(COORDINATOR)).as("a code sent is no code back").hasSize(2);

      assertThat(house.store.deliveries().confirm("AAAA-BBBB-CCCC", ADMIN, House.START)).isEmpty();
      assertThat(house.store.deliveries().confirm(codeIn(letter), ADMIN, House.START))
          .contains(NEW_OOST);
      assertThat(house.store.deliveries().confirm(codeIn(letter), ADMIN, House.START))
          .as("a code works once")
          .isEmpty();
      refer(house, live, "<3@gp.example>");
      assertThat(house.post.takenFor(NEW_OOST)).hasSize(2);
      assertThat(events(house))
          .containsExactly("DELIVERY_AWAITED", "DELIVERY_CODE_SENT", "DELIVERY_CONFIRMED");
      assertThat(detail(house, "DELIVERY_AWAITED")).isEqualTo(NEW_OOST.toString());
    }
  }

  /** Neither the team's new address nor its coordinator's answered yet, and there is no deputy. */
  private static Map<String, byte[]> nobodyAnswered() {
    Map<String, byte[]> files = moved();
    String text = new String(files.get(Routes.DIRECTORY), StandardCharsets.UTF_8);
    files.put(
        Routes.DIRECTORY,
        text.replace("coordinator-oost@intern", "coordinator-oost-nieuw@intern")
            .replaceFirst("(coordinator: c-oost\n)    deputy: w401\n", "$1")
            .getBytes(StandardCharsets.UTF_8));
    return files;
  }

  @Test
  void withoutACoordinatorEitherItIsHeldAndGoesOnByItself() {
    try (House house = House.in(folder)) {
      LiveRooms live = LiveRooms.following(House.CONFIGURATION, house.rooms);
      DeliveryCodes codes = new DeliveryCodes(live);
      assertThat(activate(house, nobodyAnswered()).isRefused()).isFalse();
      house.clock.move(Duration.ofMinutes(1));
      List<MessageRef> held = new ArrayList<>();
      for (int i = 0; i <= AwaitedMail.AT_ONCE; i++) {
        String referral = House.REFERRAL.replace("1980-04-02", "19" + (50 + i) + "-04-02");
        held.add(house.receive(House.OOST, house.fromGp("<" + i + "@gp.example>", referral)));
      }
      new Desk(live).work();
      codes.at(house.clock.instant());
      house.dispatch().work();
      assertThat(held)
          .allSatisfy(
              ref ->
                  assertThat(house.store.holds().show(ref).orElseThrow().detail())
                      .isEqualTo("NOT_ROUTABLE/DELIVERY_AWAITED"));
      assertThat(house.post.takenFor(House.GP)).as("told that it is held").hasSize(held.size());

      house.clock.move(Duration.ofMinutes(1));
      String letter =
          house.read(house.post.takenFor(NEW_OOST).get(0).letter(), NEW_OOST, "team/oost.p12");
      assertThat(house.store.deliveries().confirm(codeIn(letter), ADMIN, house.clock.instant()))
          .contains(NEW_OOST);
      codes.at(house.clock.instant());
      new Desk(live).work();
      house.dispatch().work();
      assertThat(house.post.takenFor(NEW_OOST)).as("a few at a time").hasSize(held.size());
      house.clock.move(Duration.ofMinutes(1));
      codes.at(house.clock.instant());
      new Desk(live).work();
      house.dispatch().work();
      assertThat(house.post.takenFor(NEW_OOST)).as("each, and the code").hasSize(held.size() + 1);
      assertThat(house.post.takenFor(House.GP)).as("and each hears so").hasSize(2 * held.size());
      assertThat(house.store.holds().list(9)).isEmpty();
    }
  }

  /**
   * A reminder names a case and a team: it waits for no code, it goes to who answered, or nobody.
   */
  @Test
  void noReminderGoesToAnAddressThatDidNotAnswer() {
    try (House house = House.in(folder)) {
      LiveRooms live = LiveRooms.following(House.CONFIGURATION, house.rooms);
      refer(house, live, "<1@gp.example>");
      assertThat(house.post.takenFor(House.TEAM_OOST)).hasSize(1);
      house.post.taken.clear();
      activate(house, moved());
      live.follow();
      house.clock.move(Duration.ofDays(4));
      assertThat(new DeadlineClerk(live.get()).work(house.clock.instant())).isPositive();
      house.dispatch().work();
      assertThat(house.post.takenFor(NEW_OOST)).isEmpty();
      assertThat(house.post.takenFor(COORDINATOR)).isNotEmpty();
      assertThat(house.store.alerts().newest(9)).isEmpty();
    }
  }

  @Test
  void whenNobodyOfATeamAnsweredAnAlertSaysSo() {
    try (House house = House.in(folder)) {
      LiveRooms live = LiveRooms.following(House.CONFIGURATION, house.rooms);
      refer(house, live, "<1@gp.example>");
      house.post.taken.clear();
      activate(house, nobodyAnswered());
      live.follow();
      house.clock.move(Duration.ofDays(4));
      assertThat(new DeadlineClerk(live.get()).work(house.clock.instant())).isPositive();
      house.dispatch().work();
      assertThat(house.post.taken).allMatch(parcel -> parcel.to().equals(House.GP));
      assertThat(house.store.alerts().newest(9))
          .isNotEmpty()
          .allMatch(line -> line.entry().event().equals("ALERT_TEAM_UNREACHED"))
          .allMatch(line -> line.entry().object().equals("team:oost"));
    }
  }

  /** The newest code counts; going back to routes that were in force before needs none. */
  @Test
  void anotherCodeTakesThePlaceOfTheFirst() {
    try (House house = House.in(folder)) {
      LiveRooms live = LiveRooms.following(House.CONFIGURATION, house.rooms);
      DeliveryCodes codes = new DeliveryCodes(live);
      activate(house, moved());
      live.follow();
      codes.at(house.clock.instant());
      assertThat(house.store.deliveries().sendAgain(NEW_OOST, ADMIN, House.START)).isTrue();
      assertThat(house.store.deliveries().sendAgain(BAKKER, ADMIN, House.START)).isFalse();
      codes.at(house.clock.instant());
      house.dispatch().work();
      List<String> letters =
          house.post.takenFor(NEW_OOST).stream()
              .map(parcel -> house.read(parcel.letter(), NEW_OOST, "team/oost.p12"))
              .toList();
      assertThat(letters).hasSize(2);
      DeliveryBook book = house.store.deliveries();
      assertThat(book.confirm(codeIn(letters.get(0)), ADMIN, House.START)).isEmpty();
      assertThat(book.confirm(codeIn(letters.get(1)), ADMIN, House.START)).isPresent();

      activate(house, LiveRoomsTest.files(Routes.DIRECTORY, "capacity: 12", "capacity: 12 "));
      assertThat(book.awaited()).as("oost@intern was in force before").isEmpty();
    }
  }

  /** By a signed and encrypted reply to ping@, with the letter quoted in it. */
  @Test
  void theReaderSendsItBackHimself() {
    try (House house = House.in(folder)) {
      activate(
          house,
          pingAtOost(
              LiveRoomsTest.files(
                  Routes.DIRECTORY,
                  "address: m.bakker@intern.wotschiedam.nl",
                  "address: mark@intern.wotschiedam.nl")));
      activate(house, pingAtOost(LiveRoomsTest.files(Routes.DIRECTORY, "w101", "w101")));
      LiveRooms live = LiveRooms.following(House.CONFIGURATION, house.rooms);
      assertThat(house.store.deliveries().addresses()).containsExactly(BAKKER);
      new DeliveryCodes(live).at(house.clock.instant());
      house.dispatch().work();
      String letter =
          house.read(house.post.takenFor(BAKKER).get(0).letter(), BAKKER, "team/m.bakker.p12");
      assertThat(letter).contains(House.OOST.toString());

      List<String> others = List.of("ja hoor", "Uw code: AAAA-BBBB-CCCC\n", House.REQUEST);
      for (String other : others) {
        int before = house.post.takenFor(BAKKER).size();
        reply(house, live, BAKKER, "team/m.bakker.p12", "<0" + before + "@wot.example>", other);
        assertThat(house.store.deliveries().awaited()).as("no code of his in it").isNotEmpty();
        List<Post.Parcel> told = house.post.takenFor(BAKKER);
        assertThat(told).as("answered as any other").hasSize(before + 1);
        assertThat(house.read(told.get(before).letter(), BAKKER, "team/m.bakker.p12"))
            .doesNotContain("uw nieuwe postadres is bevestigd");
      }
      String quoted = "Gelukt!\n\n> Uw code: " + codeIn(letter) + "\n";
      reply(house, live, House.TEAM_OOST, "team/oost.p12", "<1@wot.example>", quoted);
      assertThat(house.store.deliveries().awaited()).as("somebody else's").isNotEmpty();
      reply(house, live, BAKKER, "team/m.bakker.p12", "<2@wot.example>", quoted);
      assertThat(house.store.deliveries().awaited()).isEmpty();
      List<Post.Parcel> answers = house.post.takenFor(BAKKER);
      assertThat(house.read(answers.get(answers.size() - 1).letter(), BAKKER, "team/m.bakker.p12"))
          .contains("uw nieuwe postadres is bevestigd");
    }
  }

  private static void reply(
      House house, LiveRooms live, Address from, String key, String id, String text) {
    house.receive(House.OOST, house.sealed(from, key, House.OOST, "gateway/oost.pem", id, text));
    new Desk(live).work();
    house.dispatch().work();
  }

  private static Map<String, byte[]> pingAtOost(Map<String, byte[]> files) {
    String text = new String(files.get(Routes.MAILBOXES), StandardCharsets.UTF_8);
    files.put(
        Routes.MAILBOXES,
        text.replace("  - address: ping@wotschiedam.nl\n    kind: ping\n", "")
            .replace(
                "address: oost@wotschiedam.nl\n    kind: team\n    team: oost",
                "address: oost@wotschiedam.nl\n    kind: ping")
            .getBytes(StandardCharsets.UTF_8));
    return files;
  }
}
