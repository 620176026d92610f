package nl.wotpoort.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Our nodes say what the parser's own composer makes of the same text. */
class YamlTreeTest {

  private static final LoadSettings SETTINGS = LoadSettings.builder().build();

  /** Characters that mean something in YAML. */
  private static final String SIGNS = " \n:-[]{},#'\"|>?!%0aé";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "---\n",
        "# niets\n",
        "a: 1\nb: [x, 2, -3, 1.5, true, null, ~, '4', \"5\", 06]\n",
        "a: |\n  een\n  twee\nb: >-\n  drie\n",
        "? {a: b}\n: c\n? [d]\n: e\n",
        "a: x\na: y\n",
        "a: !!str 1\nb: !!int 'x'\nc: !!str [x]\nd: !!int [1]\ne: !own z\nf: ! 7\n",
        "- a\n- b: c\n",
        "een woord\n",
        "a:\n",
        "a: [b\n",
        "a: b: c\n",
      })
  void saysTheSame(String text) {
    assertThat(ours(text)).isEqualTo(theirs(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {Routes.MAILBOXES, Routes.DIRECTORY, Routes.PARTNERS})
  void saysTheSameOfATextWithAnotherSignInIt(String file) {
    String sound = RoutesCheckTest.town().getOrDefault(file, "");
    Random random = new Random(11);
    for (int i = 0; i < 200; i++) {
      StringBuilder text = new StringBuilder(sound);
      text.setCharAt(random.nextInt(text.length()), SIGNS.charAt(random.nextInt(SIGNS.length())));
      assertThat(ours(text.toString())).isEqualTo(theirs(text.toString()));
    }
  }

  /** A list with the tag of a number is no number, and no reason to stop. */
  @Test
  void aTagMakesNothingElseOfIt() {
    Problems problems = new Problems();
    YamlMap map =
        YamlFile.read(
                "a: !!int [1]\nb: !!str {x: y}\n".getBytes(StandardCharsets.UTF_8),
                "f.yaml",
                problems)
            .orElseThrow();
    assertThat(map.number("a", 0, 9)).isEmpty();
    assertThat(map.word("b")).isEmpty();
    assertThat(problems.inOrder())
        .extracting(Problem::code)
        .containsExactly("VALUE_NOT_NUMBER", "WRONG_TYPE_TEXT");
  }

  private static String ours(String text) {
    try {
      return new YamlTree(
              new GuardedEvents(new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text))),
              SETTINGS.getSchema().getScalarResolver())
          .root()
          .map(YamlTreeTest::shown)
          .orElse("nothing");
    } catch (YamlEngineException e) {
      return "no YAML";
    }
  }

  private static String theirs(String text) {
    try {
      Optional<Node> root =
          new Composer(SETTINGS, new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text)))
              .getSingleNode();
      return root.map(YamlTreeTest::shown).orElse("nothing");
    } catch (YamlEngineException e) {
      return "no YAML";
    }
  }

  private static String shown(YamlNode node) {
    StringBuilder text = new StringBuilder().append(node.line());
    if (node instanceof YamlNode.Scalar scalar) {
      text.append(scalar.kind()).append('<').append(scalar.text()).append('>');
    } else if (node instanceof YamlNode.Items list) {
      list.items().forEach(item -> text.append(" - ").append(shown(item)));
    } else if (node instanceof YamlNode.Fields fields) {
      fields.fields().forEach(f -> text.append(key(shown(f.key()))).append(shown(f.value())));
    }
    return text.append(';').toString();
  }

  private static String shown(Node node) {
    StringBuilder text = new StringBuilder().append(YamlFile.line(node.getStartMark()));
    if (node instanceof ScalarNode scalar) {
      text.append(kind(scalar.getTag())).append('<').append(scalar.getValue()).append('>');
    } else if (node instanceof SequenceNode list) {
      list.getValue().forEach(item -> text.append(" - ").append(shown(item)));
    } else if (node instanceof MappingNode fields) {
      fields
          .getValue()
          .forEach(f -> text.append(key(shown(f.getKeyNode()))).append(shown(f.getValueNode())));
    }
    return text.append(';').toString();
  }

  /** Whatever it looks like, it is a word. */
  private static String key(String shown) {
    return " = " + shown.replaceFirst("(?<=^[0-9]{1,6})[A-Z]+(?=<)", "TEXT");
  }

  private static String kind(Tag tag) {
    return tag.equals(Tag.STR) ? "TEXT" : tag.equals(Tag.INT) ? "NUMBER" : "OTHER";
  }
}
