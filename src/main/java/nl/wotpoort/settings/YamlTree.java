package nl.wotpoort.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/**
 * Builds what a YAML file says out of its events. Our own small nodes in the place of the parser's:
 * those carry a tenfold of what is asked of them, and what lives until the whole file was read is
 * what the garbage collector copies. For one reading, in one thread.
 */
final class YamlTree {

  private final GuardedEvents events;
  private final ScalarResolver resolver;

  /** A thousand workers have the same few keys. */
  private final Map<String, String> keys = new HashMap<>();

  YamlTree(GuardedEvents events, ScalarResolver resolver) {
    this.events = events;
    this.resolver = resolver;
  }

  /** What the one document holds; empty when there is none. Read to its end, or it throws. */
  Optional<YamlNode> root() {
    Optional<YamlNode> root = Optional.empty();
    for (Event event = events.next();
        event.getEventId() != Event.ID.StreamEnd;
        event = events.next()) {
      switch (event.getEventId()) {
        case StreamStart, DocumentStart, DocumentEnd -> {}
        default -> root = Optional.of(node(event));
      }
    }
    return root;
  }

  /** As deep as the guard lets events go. */
  private YamlNode node(Event event) {
    int line = YamlFile.line(event.getStartMark());
    return switch (event.getEventId()) {
      case Scalar -> scalar((ScalarEvent) event, line);
      case SequenceStart -> items(line);
      case MappingStart -> fields(line);
      default -> throw new AssertionError("the guard lets no such event through: " + event);
    };
  }

  private YamlNode items(int line) {
    List<YamlNode> items = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      items.add(node(event));
    }
    return new YamlNode.Items(items, line);
  }

  private YamlNode fields(int line) {
    List<YamlNode.Field> fields = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      fields.add(new YamlNode.Field(key(event), node(events.next())));
    }
    return new YamlNode.Fields(fields, line);
  }

  /** Whatever a key looks like, it is a word. */
  private YamlNode key(Event event) {
    if (!(event instanceof ScalarEvent scalar)) {
      return node(event);
    }
    String text = keys.computeIfAbsent(scalar.getValue(), word -> word);
    return new YamlNode.Scalar(
        text, YamlNode.Scalar.Kind.TEXT, YamlFile.line(event.getStartMark()));
  }

  private YamlNode scalar(ScalarEvent event, int line) {
    String text = event.getValue();
    Tag tag =
        event
            .getTag()
            .filter(named -> !named.equals("!"))
            .map(Tag::new)
            .orElseGet(() -> resolver.resolve(text, event.getImplicit().canOmitTagInPlainScalar()));
    return new YamlNode.Scalar(text, kind(tag), line);
  }

  private static YamlNode.Scalar.Kind kind(Tag tag) {
    return tag.equals(Tag.STR)
        ? YamlNode.Scalar.Kind.TEXT
        : tag.equals(Tag.INT) ? YamlNode.Scalar.Kind.NUMBER : YamlNode.Scalar.Kind.OTHER;
  }
}
