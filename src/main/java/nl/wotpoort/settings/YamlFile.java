package nl.wotpoort.settings;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A YAML file's bytes as one mapping with line numbers. Nothing is constructed, so no tag can name
 * a class. Anchors and aliases are refused (a few lines of them make a thousand million), and so is
 * deep nesting, before any tree is built.
 */
final class YamlFile {

  private static final int DEEPEST = 12;

  private YamlFile() {}

  /** Empty, with the problems told, when it is not one mapping. */
  static Optional<YamlMap> read(byte[] bytes, String name, Problems problems) {
    Problems own = new Problems();
    Optional<YamlMap> map =
        FileText.decoded(bytes, name, own)
            .filter(text -> isSound(text, name, own))
            .flatMap(text -> composed(text, name, own, problems));
    own.inOrder()
        .forEach(p -> problems.error(p.file(), p.line(), p.code(), p.arguments().toArray()));
    return map;
  }

  private static boolean isSound(String text, String name, Problems problems) {
    tellTabs(text, name, problems);
    if (!problems.hasErrors()) {
      tellFaults(text, name, problems);
    }
    return !problems.hasErrors();
  }

  private static void tellTabs(String text, String name, Problems problems) {
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String indent = line.substring(0, line.length() - line.stripLeading().length());
      if (indent.indexOf('\t') >= 0) {
        problems.error(name, i + 1, "TAB");
      }
    }
  }

  /** Walks through the events, which needs no memory, before a tree is built of them. */
  private static void tellFaults(String text, String name, Problems problems) {
    Deque<Event.ID> open = new ArrayDeque<>();
    int documents = 0;
    try {
      for (Event event : new Parse(settings(name)).parseString(text)) {
        switch (event.getEventId()) {
          case DocumentStart -> documents++;
          case MappingStart, SequenceStart -> open.push(event.getEventId());
          case MappingEnd, SequenceEnd -> open.pop();
          default -> {}
        }
        if (event instanceof AliasEvent || isAnchored(event)) {
          problems.error(name, line(event.getStartMark()), "ALIAS");
          return;
        }
        if (open.size() > DEEPEST || documents > 1) {
          String code = documents > 1 ? "SECOND_DOCUMENT" : "TOO_DEEP";
          problems.error(name, line(event.getStartMark()), code);
          return;
        }
      }
    } catch (MarkedYamlEngineException e) {
      problems.error(name, line(e.getProblemMark()), "NOT_YAML");
    } catch (ReaderException e) {
      problems.error(name, lineAt(text, e.getPosition()), "CONTROL_CHARACTER_HERE");
    } catch (YamlEngineException e) {
      problems.error(name, 1, "NOT_YAML");
    }
  }

  private static boolean isAnchored(Event event) {
    return event instanceof NodeEvent node && node.getAnchor().isPresent();
  }

  private static Optional<YamlMap> composed(
      String text, String name, Problems own, Problems problems) {
    try {
      Optional<Node> root = new Compose(settings(name)).composeString(text);
      if (root.isPresent() && root.get() instanceof MappingNode mapping) {
        return Optional.of(new YamlMap(mapping, name, problems));
      }
      own.error(name, root.map(n -> line(n.getStartMark())).orElse(1), "NOT_A_MAPPING", name);
    } catch (YamlEngineException e) {
      own.error(name, 1, "NOT_YAML");
    }
    return Optional.empty();
  }

  private static LoadSettings settings(String name) {
    return LoadSettings.builder()
        .setLabel(name)
        .setCodePointLimit(FileText.LARGEST)
        .setMaxAliasesForCollections(0)
        .build();
  }

  static int line(Optional<Mark> mark) {
    return mark.map(m -> m.getLine() + 1).orElse(1);
  }

  private static int lineAt(String text, int position) {
    String before = text.substring(0, Math.max(0, Math.min(position, text.length())));
    return 1 + (int) before.chars().filter(c -> c == '\n').count();
  }
}
