package nl.wotpoort.store;

import java.util.Optional;

/**
 * Who did something (NEN 7513): a person or system, on whose behalf, in which role. Encrypted on
 * the disk; prints nothing of itself but the role.
 */
public record Actor(String id, Optional<String> onBehalfOf, Optional<String> role) {

  /** The program itself. */
  public static Actor gateway() {
    return new Actor("wotpoort", Optional.empty(), Optional.of("gateway"));
  }

  public static Actor administrator(String login) {
    return new Actor(login, Optional.empty(), Optional.of("administrator"));
  }

  public static Actor of(String id, String role) {
    return new Actor(id, Optional.empty(), Optional.of(role));
  }

  @Override
  public String toString() {
    return role.orElse("•••");
  }
}
