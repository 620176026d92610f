package nl.wotpoort.settings;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * A YAML file's bytes as one mapping with line numbers. Nothing is constructed, so no tag can name
 * a class. Anchors and aliases are refused (a few lines of them make a thousand million), and so is
 * deep nesting, before anything is built of them.
 */
final class YamlFile {

  private YamlFile() {}

  /** Empty, with the problems told, when it is not one mapping. */
  static Optional<YamlMap> read(byte[] bytes, String name, Problems problems) {
    Problems own = new Problems();
    Optional<YamlMap> map =
        FileText.decoded(bytes, name, own)
            .filter(text -> isWithoutTabs(text, name, own))
            .flatMap(text -> composed(text, name, own, problems));
    own.inOrder()
        .forEach(p -> problems.error(p.file(), p.line(), p.code(), p.arguments().toArray()));
    return map;
  }

  /** Tells every line that has a tab before its first word. */
  private static boolean isWithoutTabs(String text, String name, Problems problems) {
    int line = 1;
    boolean before = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        line += c == '\r' && text.startsWith("\n", i + 1) ? 0 : 1;
        before = true;
      } else if (before && c == '\t') {
        problems.error(name, line, "TAB");
        before = false;
      } else {
        before &= Character.isWhitespace(c);
      }
    }
    return !problems.hasErrors();
  }

  private static Optional<YamlMap> composed(
      String text, String name, Problems own, Problems problems) {
    LoadSettings settings = settings(name);
    try {
      Optional<YamlNode> root =
          new YamlTree(
                  new GuardedEvents(new ParserImpl(settings, new StreamReader(settings, text))),
                  settings.getSchema().getScalarResolver())
              .root();
      if (root.isPresent() && root.get() instanceof YamlNode.Fields mapping) {
        return Optional.of(new YamlMap(mapping, name, problems));
      }
      own.error(name, root.map(YamlNode::line).orElse(1), "NOT_A_MAPPING", name);
    } catch (GuardedEvents.Refused refused) {
      own.error(name, line(refused.at()), refused.code());
    } catch (MarkedYamlEngineException e) {
      own.error(name, line(e.getProblemMark()), "NOT_YAML");
    } catch (ReaderException e) {
      own.error(name, lineAt(text, e.getPosition()), "CONTROL_CHARACTER_HERE");
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
