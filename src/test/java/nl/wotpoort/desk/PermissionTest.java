package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.JournalLine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a release lets pass: only what the message was held for, and only after it. */
class PermissionTest {

  private static Permission in(String events) {
    List<JournalLine> lines = new ArrayList<>();
    for (String event : events.split(" ")) {
      JournalEntry entry =
          JournalEntry.of(
              House.START,
              event.startsWith("RULE:") ? "HELD" : event,
              JournalEntry.Action.EXECUTE,
              Actor.gateway(),
              "M1");
      lines.add(
          new JournalLine(
              lines.size() + 1,
              event.startsWith("RULE:")
                  ? entry.restingOn(Set.of(), List.of("X", event.substring(5)))
                  : entry,
              ""));
    }
    return Permission.in(lines);
  }

  @ParameterizedTest
  @CsvSource({
    "LOOP RELEASED,                          LOOP",
    "RELEASED LOOP,                          ''",
    "LOOP,                                   ''",
    "LOOP RELEASED CONFLICTING_COPY,         LOOP",
    "LOOP CONFLICTING_COPY RELEASED,         CONFLICTING_COPY LOOP",
    "RULE:OUT_OF_ORDER RELEASED,             OUT_OF_ORDER",
    "RULE:LOOP RELEASED,                     ''",
    "NOT_VERIFIED RELEASED,                  ''",
  })
  void whatPasses(String events, String passing) {
    Permission given = in(events);
    assertThat(given.released())
        .containsExactlyInAnyOrderElementsOf(
            passing.isEmpty() ? List.of() : List.of(passing.split(" ")));
    assertThat(given.passes("LOOP")).isEqualTo(passing.contains("LOOP"));
    assertThat(given.secondPerson()).isFalse();
    assertThat(given.senderConfirmed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "SECOND_PERSON_AGREED RELEASED, true,  false",
    "SENDER_CONFIRMED RELEASED,     false, true",
  })
  void whatWasSaidStands(String events, boolean second, boolean confirmed) {
    assertThat(in(events).secondPerson()).isEqualTo(second);
    assertThat(in(events).senderConfirmed()).isEqualTo(confirmed);
    assertThat(Permission.NONE).isEqualTo(new Permission(false, false, Set.of()));
  }
}
