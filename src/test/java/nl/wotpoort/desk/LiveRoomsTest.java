package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import nl.wotpoort.letter.Address;
import nl.wotpoort.settings.Routes;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.CaseFile;
import nl.wotpoort.store.JournalLine;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.RoutesVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Routes change while the gateway runs: as one, on every node, never in the middle of a message.
 */
class LiveRoomsTest {

  private static final Actor ADMIN = Actor.administrator("beheer");

  @TempDir Path folder;

  private static Map<String, byte[]> files() {
    return new TreeMap<>(
        Routes.bytes(House.CONFIGURATION.settings().routes()).value().orElseThrow());
  }

  static Map<String, byte[]> files(String file, String old, String by) {
    Map<String, byte[]> files = files();
    String text = new String(files.get(file), StandardCharsets.UTF_8);
    assertThat(text).contains(old);
    files.put(file, text.replace(old, by).getBytes(StandardCharsets.UTF_8));
    return files;
  }

  /** The mailbox oost@ given to team zuid. */
  private static Map<String, byte[]> oostToZuid() {
    return files(
        Routes.MAILBOXES,
        "address: oost@wotschiedam.nl\n    kind: team\n    team: oost",
        "address: oost@wotschiedam.nl\n    kind: team\n    team: zuid");
  }

  private static Activation activation(House house) {
    return new Activation(
        House.CONFIGURATION.settings(), house.store, Furnishing.SampleKeys.ALLOWED, house.clock);
  }

  private static Activation.Result activate(House house, Map<String, byte[]> files) {
    return activation(house).activate(files, ADMIN, "ROUTES_ACTIVATED");
  }

  @Test
  void theFirstStartActivatesTheFilesAndLaterStartsFollowTheStore() {
    try (House house = House.in(folder)) {
      LiveRooms first = LiveRooms.following(House.CONFIGURATION, house.rooms);
      assertThat(first.version()).isEqualTo(1);
      assertThat(first.get().directory().version())
          .isEqualTo("1-" + House.CONFIGURATION.directory().version());

      activate(house, oostToZuid());
      LiveRooms second = LiveRooms.following(House.CONFIGURATION, house.rooms);
      assertThat(second.version()).isEqualTo(2);
      assertThat(house.store.routes().history(10)).hasSize(2);
    }
  }

  @Test
  void aRunningDeskTakesTheNewVersionAtTheNextMessageAndTheJournalNamesIt() {
    try (House house = House.in(folder)) {
      LiveRooms live = LiveRooms.following(House.CONFIGURATION, house.rooms);
      Desk desk = new Desk(live);
      house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REFERRAL));
      desk.work();

      Activation.Result result = activate(house, oostToZuid());
      assertThat(result.isRefused()).isFalse();
      assertThat(result.version().orElseThrow().changes())
          .containsExactly("~ mailbox oost@wotschiedam.nl: team");

      MessageRef second =
          house.receive(House.OOST, house.fromGp("<2@gp.example>", House.REFERRAL + "\nMeer: ja"));
      desk.work();
      assertThat(house.store.cases().newest(10))
          .extracting(file -> file.team().orElse(""))
          .containsExactlyInAnyOrder("oost", "zuid");
      List<String> rules =
          house.store.journal().about(second.toString()).stream()
              .flatMap(line -> line.entry().ruleIds().stream())
              .toList();
      assertThat(rules).contains("ROUTES:2-" + result.version().orElseThrow().digest());
    }
  }

  @Test
  void filesAtFaultChangeNothing() {
    try (House house = House.in(folder)) {
      LiveRooms live = LiveRooms.following(House.CONFIGURATION, house.rooms);
      Activation.Result result =
          activate(house, files(Routes.DIRECTORY, "team: groenoord", "team: groenord"));
      assertThat(result.isRefused()).isTrue();
      assertThat(result.problems().get(0).file()).isEqualTo(Routes.DIRECTORY);
      live.follow();
      assertThat(live.version()).isEqualTo(1);
      assertThat(house.store.journal().after(0, 100))
          .extracting(line -> line.entry().event())
          .contains("ROUTES_REFUSED");
    }
  }

  @Test
  void theSameFilesAgainAreNoNewVersionAndGoingBackIsOne() {
    try (House house = House.in(folder)) {
      LiveRooms live = LiveRooms.following(House.CONFIGURATION, house.rooms);
      assertThat(activate(house, files()).version()).isEmpty();
      activate(house, oostToZuid());
      RoutesVersion first = house.store.routes().version(1).orElseThrow();
      Activation.Result back =
          activation(house).activate(first.bytes(), ADMIN, "ROUTES_ROLLED_BACK");
      assertThat(back.version().orElseThrow().number()).isEqualTo(3);
      assertThat(back.version().orElseThrow().digest()).isEqualTo(first.digest());
      live.follow();
      assertThat(live.version()).isEqualTo(3);
    }
  }

  @Test
  void aPartnersNewAddressIsSealedForAtOnce() {
    try (House house = House.in(folder)) {
      LiveRooms live = LiveRooms.following(House.CONFIGURATION, house.rooms);
      Address moved = Address.of("nieuw@praktijk-delinde.example");
      assertThat(live.get().directory().partnerOf(moved)).isPresent(); // by its domain alone
      assertThat(live.get().directory().professional(moved)).isEmpty();
      activate(
          house,
          files(
              Routes.PARTNERS,
              "addresses: [a.devries@praktijk-delinde.example]",
              "addresses: [a.devries@praktijk-delinde.example, nieuw@praktijk-delinde.example]"));
      live.follow();
      assertThat(live.get().directory().professional(moved)).isPresent();
      assertThat(live.get().sealer()).isNotSameAs(house.rooms.sealer());
      assertThat(live.get().opener()).isNotSameAs(house.rooms.opener());
    }
  }

  @Test
  void aVersionThatCannotBeUsedHereLeavesTheLastGoodOne() {
    try (House house = House.in(folder)) {
      LiveRooms live = LiveRooms.following(House.CONFIGURATION, house.rooms);
      RoutesVersion good = house.store.routes().version(1).orElseThrow();
      Map<String, byte[]> elsewhere =
          files(Routes.PARTNERS, "certs-sample/gp/b.smit.pem", "certs-sample/gp/not-here.pem");
      house
          .store
          .routes()
          .activate(
              new RoutesVersion(
                  2,
                  Routes.digest(elsewhere),
                  house.clock.instant(),
                  ADMIN,
                  List.of(),
                  RoutesVersion.texts(elsewhere),
                  good.certificates()),
              Set.of(),
              List.of());
      live.follow();
      assertThat(live.version()).isEqualTo(1);
      assertThat(live.unusable()).contains(2);
      activate(house, files());
      live.follow();
      assertThat(live.version()).isEqualTo(3);
      assertThat(live.unusable()).isEmpty();
    }
  }

  /** Every case is with the team that the version named in its own journal line gives it to. */
  @Test
  void noMessageSeesHalfAChange() throws Exception {
    try (House house = House.in(folder)) {
      LiveRooms live = LiveRooms.following(House.CONFIGURATION, house.rooms);
      Desk desk = new Desk(live);
      for (int i = 1; i <= 10; i++) {
        house.receive(
            House.OOST, house.fromGp("<" + i + "@gp.example>", House.REFERRAL + "\nNr: " + i));
      }
      CompletableFuture<Void> changing =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 6; i++) {
                  activate(house, i % 2 == 0 ? oostToZuid() : files());
                }
              });
      while (desk.work() > 0 || !changing.isDone()) {
        Thread.onSpinWait();
      }
      changing.get(30, TimeUnit.SECONDS);
      List<CaseFile> files = house.store.cases().newest(100);
      assertThat(files).hasSize(10);
      Set<String> seen = new HashSet<>();
      for (CaseFile file : files) {
        String routes = routes(house.store.journal().about(file.number()));
        int version = Integer.parseInt(routes.substring(7, routes.indexOf('-')));
        assertThat(file.team()).as(routes).contains(version % 2 == 1 ? "oost" : "zuid");
        seen.add(routes);
      }
      assertThat(seen).isNotEmpty();
    }
  }

  private static String routes(List<JournalLine> lines) {
    List<String> all = new ArrayList<>();
    lines.forEach(line -> all.addAll(line.entry().ruleIds()));
    return all.stream().filter(rule -> rule.startsWith("ROUTES:")).findFirst().orElseThrow();
  }
}
