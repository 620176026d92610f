package nl.wotpoort.settings;

import java.util.Optional;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * Looks at every event before anybody builds on it, and refuses what may not stand in our files: an
 * anchor, an alias, deep nesting, a second document. For one reading, in one thread.
 */
final class GuardedEvents {

  private static final int DEEPEST = 12;

  private final Parser parser;
  private int depth;
  private int documents;

  GuardedEvents(Parser parser) {
    this.parser = parser;
  }

  /** Why reading ended, and where. */
  static final class Refused extends YamlEngineException {
    private static final long serialVersionUID = 1L;
    private final String code;
    private final transient Optional<Mark> at;

    Refused(String code, Optional<Mark> at) {
      super(code);
      this.code = code;
      this.at = at;
    }

    String code() {
      return code;
    }

    Optional<Mark> at() {
      return at;
    }
  }

  /** Throws {@link Refused}, or what the parser throws for what is no YAML. */
  Event next() {
    Event event = parser.next();
    switch (event.getEventId()) {
      case DocumentStart -> documents++;
      case MappingStart, SequenceStart -> depth++;
      case MappingEnd, SequenceEnd -> depth--;
      default -> {}
    }
    if (event instanceof AliasEvent
        || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
      throw new Refused("ALIAS", event.getStartMark());
    }
    if (documents > 1) {
      throw new Refused("SECOND_DOCUMENT", event.getStartMark());
    }
    if (depth > DEEPEST) {
      throw new Refused("TOO_DEEP", event.getStartMark());
    }
    return event;
  }
}
