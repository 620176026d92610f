package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.settings.Routes;
import nl.wotpoort.store.CaseFile;
import nl.wotpoort.store.RoutedCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New requests are divided by room, also when several desks decide at the same moment. */
class CapacityTest {

  private static final Address INFO = Address.of("info@wotschiedam.nl");
  private static final String DEBTS = House.REFERRAL + "Deskundigheid: schulden\n";

  @TempDir Path folder;

  private static Map<String, byte[]> withCapacity(int capacity) {
    Map<String, byte[]> files =
        new TreeMap<>(Routes.bytes(House.CONFIGURATION.settings().routes()).value().orElseThrow());
    String text = new String(files.get(Routes.DIRECTORY), StandardCharsets.UTF_8);
    assertThat(text).contains("    capacity: 12\n");
    files.put(
        Routes.DIRECTORY,
        text.replace("    capacity: 12\n", "    capacity: " + capacity + "\n")
            .getBytes(StandardCharsets.UTF_8));
    return files;
  }

  private static Bytes toInfo(House house, int number) {
    return house.sealed(
        House.GP,
        "gp/a.devries.p12",
        INFO,
        "gateway/info.pem",
        "<" + number + "@gp.example>",
        DEBTS.replace("J. Voorbeeld", "J. Voorbeeld " + "abcdefgh".charAt(number - 1)));
  }

  private static Rooms withRoomForTwo(Rooms usual) {
    return usual.with(
        Routes.activated(
                7,
                withCapacity(2),
                House.CONFIGURATION.settings().certificates(),
                LocalDate.of(2026, 6, 15))
            .value()
            .orElseThrow());
  }

  @Test
  void twoDesksAtOnceGiveAWorkerNoMoreThanThereIsRoomFor() throws Exception {
    try (House house = House.in(folder, CapacityTest::withRoomForTwo)) {
      for (int i = 1; i <= 8; i++) {
        house.receive(INFO, toInfo(house, i));
      }
      ExecutorService desks = Executors.newFixedThreadPool(3);
      List<Future<Integer>> work = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        work.add(desks.submit(() -> house.desk().work()));
      }
      for (Future<Integer> each : work) {
        each.get(60, TimeUnit.SECONDS);
      }
      desks.shutdownNow();
      house.desk().work();

      List<CaseFile> files = house.store.cases().newest(100);
      assertThat(files).hasSize(8);
      assertThat(files).filteredOn(f -> f.worker().equals(Optional.of("w301"))).hasSize(2);
      assertThat(files)
          .as("nobody else knows about debts: the home team's coordinator")
          .filteredOn(f -> f.team().equals(Optional.of("oost")))
          .hasSize(6);
    }
  }

  /** Between the look at the load and the case, others took the last places. */
  @Test
  void whoTookTheLastPlaceMeanwhileIsSeen() {
    AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    try (House house =
        House.in(
            folder,
            usual ->
                House.drawing(
                    withRoomForTwo(usual),
                    () -> {
                      meanwhile.getAndSet(() -> {}).run();
                      return usual.caseNumbers().get();
                    }))) {
      for (int i = 1; i <= 3; i++) {
        house.receive(INFO, toInfo(house, i));
      }
      meanwhile.set(() -> assertThat(house.desk().work()).isEqualTo(2));
      assertThat(house.desk().work()).isEqualTo(1);
      assertThat(house.store.cases().newest(9))
          .extracting(file -> file.worker().orElse("-"))
          .containsExactlyInAnyOrder("w301", "w301", "c-oost");
    }
  }

  /** What was looked at is kept for trying changed routes, and names nobody. */
  @Test
  void theFactsOfACaseCanBeRoutedAgainByChangedRoutes() {
    try (House house = House.in(folder)) {
      house.receive(INFO, toInfo(house, 1));
      house.desk().work();
      List<RoutedCase> cases = house.store.cases().routed(10);
      assertThat(cases).hasSize(1);
      String facts = cases.get(0).facts().reveal();
      assertThat(facts)
          .contains("postcode=3112 AB", "age=46", "expertise=schulden")
          .doesNotContain("Voorbeeld", "1980");

      Rooms changed = withRoomForTwo(house.rooms);
      assertThat(replay(house, house.rooms, changed, cases)).isEmpty();
      Rooms none =
          house.rooms.with(
              Routes.activated(
                      8,
                      withCapacity(0),
                      House.CONFIGURATION.settings().certificates(),
                      LocalDate.of(2026, 6, 15))
                  .value()
                  .orElseThrow());
      assertThat(replay(house, house.rooms, none, cases)).hasSize(1);
    }
  }

  private static List<RoutesReplay.Difference> replay(
      House house, Rooms before, Rooms after, List<RoutedCase> cases) {
    return new RoutesReplay(
            before.directory(), after.directory(), StoreLoad.of(house.store), house.clock.instant())
        .of(cases);
  }
}
