package nl.wotpoort.settings;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** One place in a YAML file: says what stands there, or where and why it cannot. */
final class PolicyNode {

  private final String file;
  private final Node node;

  /** Where a problem is told to be: for a member at its name, not where its value begins. */
  private final Node place;

  private PolicyNode(String file, Node node, Node place) {
    this.file = file;
    this.node = node;
    this.place = place;
  }

  static PolicyNode root(String file, String yaml) throws PolicyFileException {
    LoadSettings settings = LoadSettings.builder().setLabel(file).setUseMarks(true).build();
    try {
      Node root =
          new Compose(settings)
              .composeString(yaml)
              .orElseThrow(() -> new PolicyFileException(file, 0, "empty"));
      return new PolicyNode(file, root, root);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw new PolicyFileException(file, line, "notYaml", e.getProblem());
    } catch (YamlEngineException e) {
      throw new PolicyFileException(file, 0, "notYaml", String.valueOf(e.getMessage()));
    }
  }

  PolicyFileException problem(String key, String... arguments) {
    int line = place.getStartMark().map(Mark::getLine).map(from0 -> from0 + 1).orElse(0);
    return new PolicyFileException(file, line, key, arguments);
  }

  /** The members of a mapping by name, in the order of the file; a name stands there once. */
  Map<String, PolicyNode> members() throws PolicyFileException {
    if (!(node instanceof MappingNode mapping)) {
      throw problem("notMapping");
    }
    Map<String, PolicyNode> members = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Node nameNode = tuple.getKeyNode();
      PolicyNode key = new PolicyNode(file, nameNode, nameNode);
      String name = key.text();
      if (members.put(name, new PolicyNode(file, tuple.getValueNode(), nameNode)) != null) {
        throw key.problem("twice", name);
      }
    }
    return members;
  }

  /** The members of a mapping that has exactly these names, save {@code optional} ones. */
  Map<String, PolicyNode> members(Set<String> required, Set<String> optional)
      throws PolicyFileException {
    Map<String, PolicyNode> members = members();
    for (Map.Entry<String, PolicyNode> member : members.entrySet()) {
      if (!required.contains(member.getKey()) && !optional.contains(member.getKey())) {
        throw member.getValue().problem("unknownKey", member.getKey());
      }
    }
    for (String name : required) {
      if (!members.containsKey(name)) {
        throw problem("missingKey", name);
      }
    }
    return members;
  }

  List<PolicyNode> items() throws PolicyFileException {
    if (!(node instanceof SequenceNode sequence)) {
      throw problem("notList");
    }
    List<PolicyNode> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new PolicyNode(file, item, item));
    }
    return items;
  }

  String text() throws PolicyFileException {
    if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
      throw problem("notText");
    }
    return scalar.getValue();
  }

  boolean isText(String expected) {
    return node instanceof ScalarNode scalar && scalar.getValue().equals(expected);
  }

  LocalDate date() throws PolicyFileException {
    try {
      return LocalDate.parse(text());
    } catch (DateTimeException e) {
      throw problem("notDate", text());
    }
  }

  int years() throws PolicyFileException {
    try {
      int years = Integer.parseInt(text());
      if (years < 0 || years > 120) {
        throw problem("notYears", text());
      }
      return years;
    } catch (NumberFormatException e) {
      throw problem("notYears", text());
    }
  }
}
