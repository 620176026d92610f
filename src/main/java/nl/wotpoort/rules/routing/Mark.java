package nl.wotpoort.rules.routing;

import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/** What goes along with a letter, for the one who gets it or for the one who sent it. */
public enum Mark {
  /** Nobody had the expertise and the room: shown to the coordinator. */
  NO_CAPACITY,
  /** The worker the sender wrote to has left: the sender is told. */
  WORKER_LEFT,
  /** The worker the sender wrote to is away: the sender is told. */
  WORKER_ABSENT;

  public String say(Language language) {
    return Texts.of("routing", language).say("MARK_" + name());
  }
}
