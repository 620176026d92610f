package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.settings.Routes;
import nl.wotpoort.settings.RoutesSettings;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.CaseStatus;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.JournalLine;
import nl.wotpoort.store.NewCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hints at mail going to the wrong place is said once a day. */
class AlertsTest {

  private static final RoutesSettings SETTINGS =
      new RoutesSettings(RoutesSettings.Watch.OFF, 3, Duration.ofDays(30));

  @TempDir Path folder;

  private static List<String> said(House house) {
    return house.store.alerts().newest(100).stream()
        .map(JournalLine::entry)
        .map(e -> e.event() + " " + e.object())
        .toList();
  }

  private static void open(House house, long number, String team, String worker) {
    house
        .store
        .outbox()
        .post(
            Consequences.none()
                .opening(
                    new NewCase(
                        CaseNumber.ofRandom(number * 2),
                        CaseStatus.FORWARDED,
                        house.clock.instant(),
                        House.GP,
                        Optional.empty(),
                        Optional.of(team),
                        Optional.of(worker),
                        Optional.empty(),
                        "REFERRAL")),
            house.clock.instant());
  }

  @Test
  void manyCasesForOneWorkerWithinAnHourAreSaidOnceADay() {
    try (House house = House.in(folder)) {
      Alerts alerts = new Alerts(() -> house.rooms, SETTINGS);
      open(house, 1, "zuid", "w101");
      open(house, 2, "zuid", "w101");
      alerts.at(house.clock.instant());
      assertThat(said(house)).as("two are not three").isEmpty();
      open(house, 3, "zuid", "w101");
      alerts.at(house.clock.instant());
      alerts.at(house.clock.instant());
      assertThat(said(house)).containsExactly("ALERT_MANY_CASES worker:w101");
      house.clock.move(Duration.ofMinutes(61));
      open(house, 4, "zuid", "w101");
      alerts.at(house.clock.instant());
      assertThat(said(house)).hasSize(1);
    }
  }

  @Test
  void aTeamThatReceivesNothingForLongIsSaid() {
    try (House house = House.in(folder)) {
      LiveRooms live = LiveRooms.following(House.CONFIGURATION, house.rooms);
      Alerts alerts = new Alerts(live, SETTINGS);
      house.clock.move(Duration.ofDays(29));
      open(house, 1, "zuid", "w101");
      alerts.at(house.clock.instant());
      assertThat(said(house)).isEmpty();
      house.clock.move(Duration.ofDays(2));
      alerts.at(house.clock.instant());
      assertThat(said(house))
          .contains("ALERT_SILENT_ROUTE team:oost")
          .doesNotContain("ALERT_SILENT_ROUTE team:zuid");
    }
  }

  @Test
  void aChangedPracticeIsSaidWhenItIsActivated() {
    try (House house = House.in(folder)) {
      LiveRooms.following(House.CONFIGURATION, house.rooms);
      new Activation(
              House.CONFIGURATION.settings(),
              house.store,
              Furnishing.SampleKeys.ALLOWED,
              house.clock)
          .activate(
              LiveRoomsTest.files(
                  Routes.PARTNERS, "b.smit@praktijk-delinde", "bert.smit@praktijk-delinde"),
              Actor.administrator("beheer"),
              "ROUTES_ACTIVATED");
      assertThat(said(house)).containsExactly("ALERT_PRACTICE_CHANGED routes-2");
    }
  }

  /** The file has the same name or another: what counts is which certificate is in force. */
  @Test
  void anotherCertificateOfAPracticeIsSaidAndWhich() {
    try (House house = House.in(folder)) {
      LiveRooms.following(House.CONFIGURATION, house.rooms);
      new Activation(
              House.CONFIGURATION.settings(),
              house.store,
              Furnishing.SampleKeys.ALLOWED,
              house.clock)
          .activate(
              LiveRoomsTest.files(
                  Routes.PARTNERS,
                  "certificates: [certs-sample/gp/b.smit.pem]",
                  "certificates: [certs-sample/gp/verlopen.pem]"),
              Actor.administrator("beheer"),
              "ROUTES_ACTIVATED");
      assertThat(house.store.alerts().newest(10))
          .extracting(line -> line.entry().detail().orElseThrow().reveal())
          .contains("~ certificate b.smit@praktijk-delinde.example");
      assertThat(house.store.alerts().since(House.START.minusSeconds(1)))
          .containsOnlyKeys(Alerts.PRACTICE_CHANGED);
      assertThat(house.store.alerts().since(House.START.plusSeconds(1))).isEmpty();
    }
  }

  /** A folder that is watched: changed files count when two looks find them the same. */
  @Test
  void aWatchedFolderIsActivatedByItself() throws Exception {
    try (House house = House.in(folder)) {
      LiveRooms live = LiveRooms.following(House.CONFIGURATION, house.rooms);
      Path files = Files.createDirectory(folder.resolve("routes"));
      for (var file :
          LiveRoomsTest.files(Routes.DIRECTORY, "capacity: 12", "capacity: 3").entrySet()) {
        Files.write(files.resolve(file.getKey()), file.getValue());
      }
      RoutesWatch watch = new RoutesWatch(House.CONFIGURATION.settings(), files, live);
      watch.at(house.clock.instant());
      live.follow();
      assertThat(live.version()).isEqualTo(1);
      watch.at(house.clock.instant());
      live.follow();
      assertThat(live.version()).isEqualTo(2);

      Path directory = files.resolve(Routes.DIRECTORY);
      String text = Files.readString(directory, StandardCharsets.UTF_8);
      Files.writeString(directory, text.replace("capacity: 3", "capacity: veel"));
      watch.at(house.clock.instant());
      watch.at(house.clock.instant());
      watch.at(house.clock.instant());
      live.follow();
      assertThat(live.version()).as("an error changes nothing").isEqualTo(2);
    }
  }
}
