package nl.wotpoort.settings;

import java.time.Duration;
import java.util.Map;

/**
 * How the routes are looked after: {@code routes.watch} and {@code alerts.*}.
 *
 * @param watch whether changed files in the folder are activated by themselves
 * @param casesAnHour from how many new cases of one worker within an hour somebody should look
 * @param silentAfter after how long without a case a team's route is worth a look
 */
public record RoutesSettings(Watch watch, int casesAnHour, Duration silentAfter) {

  /** Whether the folder is watched. */
  public enum Watch {
    ON,
    OFF
  }

  static RoutesSettings read(PropertyAsker ask) {
    return new RoutesSettings(
        ask.choice("routes.watch", Map.of("on", Watch.ON, "off", Watch.OFF), Watch.OFF)
            .orElse(Watch.OFF),
        ask.number("alerts.casesPerHour", 1, 10_000).orElse(15),
        ask.duration("alerts.silentAfter").orElse(Duration.ofDays(30)));
  }
}
