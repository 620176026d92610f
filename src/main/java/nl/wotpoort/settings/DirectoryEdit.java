package nl.wotpoort.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Changes fields of workers in the text of directory.yaml and leaves every other character as it
 * is: comments, order, blank lines. What it cannot change without losing a comment it does not
 * change. The text must be sound ({@link Routes}). Not thread-safe.
 */
final class DirectoryEdit {

  /** What cannot be changed here, and where it stands. */
  static final class ByHand extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;

    ByHand(Node node) {
      super("by hand");
      this.line = YamlFile.line(node.getStartMark());
    }

    int line() {
      return line;
    }
  }

  private record Change(int start, int end, String text) {}

  private final String text;
  private final String newline;
  private final SequenceNode workers;
  private final List<Change> changes = new ArrayList<>();

  private DirectoryEdit(String text, SequenceNode workers) {
    this.text = text;
    this.newline = text.contains("\r\n") ? "\r\n" : "\n";
    this.workers = workers;
  }

  /** Empty when there is no list of workers, one below the other, to add to. */
  static Optional<DirectoryEdit> of(String text) {
    LoadSettings settings =
        LoadSettings.builder().setCodePointLimit(FileText.LARGEST).setLabel("").build();
    return new Compose(settings)
        .composeString(text)
        .filter(MappingNode.class::isInstance)
        .flatMap(root -> value((MappingNode) root, "workers"))
        .filter(SequenceNode.class::isInstance)
        .map(SequenceNode.class::cast)
        .filter(list -> list.getFlowStyle() == FlowStyle.BLOCK && !list.getValue().isEmpty())
        .map(list -> new DirectoryEdit(text, list));
  }

  /** {@code path} is a field, or two with a dot: {@code delivery.address}. */
  void set(String worker, String path, String yaml) throws ByHand {
    MappingNode entry = entry(worker);
    String[] steps = path.split("\\.", 2);
    if (steps.length == 1) {
      set(entry, path, yaml);
      return;
    }
    Optional<Node> inner = value(entry, steps[0]);
    if (inner.isPresent() && inner.get() instanceof MappingNode mapping) {
      set(mapping, steps[1], yaml);
    } else {
      throw new ByHand(entry);
    }
  }

  private void set(MappingNode entry, String field, String yaml) throws ByHand {
    Optional<NodeTuple> there = tuple(entry, field);
    if (there.isPresent()) {
      int start = at(there.get().getKeyNode().getEndMark());
      int end = end(there.get().getValueNode());
      // a comment between the two would go
      if (text.substring(start, at(there.get().getValueNode().getStartMark())).contains("#")
          || (isList(there.get()) && text.substring(start, end).contains("#"))) {
        throw new ByHand(there.get().getValueNode());
      }
      changes.add(new Change(start, end, ": " + yaml));
      return;
    }
    NodeTuple first = entry.getValue().get(0);
    if (entry.getFlowStyle() == FlowStyle.FLOW) {
      int end = end(entry.getValue().get(entry.getValue().size() - 1).getValueNode());
      changes.add(new Change(end, end, ", " + field + ": " + yaml));
      return;
    }
    int end = endOfLine(end(first.getValueNode()));
    String indent = " ".repeat(column(first.getKeyNode()));
    changes.add(new Change(end, end, newline + indent + field + ": " + yaml));
  }

  private static boolean isList(NodeTuple tuple) {
    return tuple.getValueNode() instanceof CollectionNode<?>;
  }

  /** After the last worker; the fields in this order, the first on the line of the hyphen. */
  void add(Map<String, String> fields) throws ByHand {
    Node last = workers.getValue().get(workers.getValue().size() - 1);
    int end = endOfLine(end(last));
    String line = text.substring(startOfLine(at(last.getStartMark())), at(last.getStartMark()));
    int hyphen = line.indexOf('-');
    if (hyphen < 0) {
      throw new ByHand(last);
    }
    String indent = " ".repeat(hyphen);
    StringBuilder entry = new StringBuilder(newline);
    String before = "- ";
    for (Map.Entry<String, String> field : fields.entrySet()) {
      String value = field.getValue().replace("\n", newline + indent + "    ");
      entry.append(newline).append(indent).append(before);
      entry.append(field.getKey()).append(value.startsWith(newline) ? ":" : ": ").append(value);
      before = "  ";
    }
    changes.add(new Change(end, end, entry.toString()));
  }

  /** The text with everything that was asked for. */
  String text() {
    StringBuilder edited = new StringBuilder(text);
    List<Change> backwards = new ArrayList<>();
    // of two at one place the later asked one comes behind the other
    for (int i = changes.size() - 1; i >= 0; i--) {
      backwards.add(changes.get(i));
    }
    backwards.sort(Comparator.comparing(Change::start).reversed());
    backwards.forEach(change -> edited.replace(change.start(), change.end(), change.text()));
    return edited.toString();
  }

  private MappingNode entry(String worker) {
    return workers.getValue().stream()
        .filter(MappingNode.class::isInstance)
        .map(MappingNode.class::cast)
        .filter(
            node ->
                value(node, "id")
                    .filter(id -> id instanceof ScalarNode is && is.getValue().equals(worker))
                    .isPresent())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such worker: " + worker));
  }

  private static Optional<NodeTuple> tuple(MappingNode node, String field) {
    return node.getValue().stream()
        .filter(t -> t.getKeyNode() instanceof ScalarNode key && key.getValue().equals(field))
        .findFirst();
  }

  private static Optional<Node> value(MappingNode node, String field) {
    return tuple(node, field).map(NodeTuple::getValueNode);
  }

  /** Where its last character is; a block ends for the parser only where the next thing begins. */
  private int end(Node node) throws ByHand {
    if (node instanceof ScalarNode scalar) {
      ScalarStyle style = scalar.getScalarStyle();
      if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
        throw new ByHand(node);
      }
      return at(node.getEndMark());
    }
    CollectionNode<?> collection = (CollectionNode<?>) node;
    if (collection.getFlowStyle() == FlowStyle.FLOW || collection.getValue().isEmpty()) {
      return at(node.getEndMark());
    }
    Object last = collection.getValue().get(collection.getValue().size() - 1);
    return end(last instanceof NodeTuple tuple ? tuple.getValueNode() : (Node) last);
  }

  /** Marks count code points. */
  private int at(Optional<Mark> mark) {
    return text.offsetByCodePoints(0, mark.orElseThrow().getIndex());
  }

  private int column(Node node) {
    int at = at(node.getStartMark());
    return at - startOfLine(at);
  }

  private int startOfLine(int at) {
    return text.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
  }

  private int endOfLine(int at) {
    int end = text.indexOf('\n', at);
    if (end < 0) {
      return text.length();
    }
    return end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }
}
