package nl.wotpoort.cli;

import java.util.Optional;
import nl.wotpoort.store.Actor;
import org.jspecify.annotations.Nullable;

/** Who typed the command, for the journal (NEN 7513). */
final class Actors {

  private Actors() {}

  /** As {@code --by} says; else the login of the machine. */
  static Actor of(@Nullable String by, Surroundings surroundings) {
    return Actor.administrator(
        Optional.ofNullable(by)
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .or(() -> surroundings.property().apply("user.name"))
            .orElse("onbekend"));
  }
}
