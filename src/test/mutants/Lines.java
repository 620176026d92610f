import java.lang.instrument.ClassFileTransformer;
import java.nio.file.Files;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.platform.launcher.TestIdentifier;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Which tests come by which lines. */
final class Lines implements ClassFileTransformer {
  /** First static initialisers run as well; then the tests alone; then without counting. */
  enum Phase {
    FIRST,
    TESTS,
    PLAIN
  }

  final int[] hits = new int[200_000];
  private final int[] before = new int[hits.length];
  private final int[] inTests = new int[hits.length];
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<Integer, Set<String>> tests = new HashMap<>();
  final Set<String> classes = new LinkedHashSet<>();
  volatile Phase phase = Phase.FIRST;

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> old, ProtectionDomain domain, byte[] code) {
    String dotted = name.replace('/', '.');
    if (!dotted.startsWith(Mutants.ROOM) || !Files.exists(Mutants.MAIN.resolve(name + ".class"))) {
      return null;
    }
    classes.add(dotted);
    ClassNode node = new ClassNode();
    ClassReader reader = new ClassReader(code);
    reader.accept(node, 0);
    for (MethodNode method : node.methods) {
      for (AbstractInsnNode i = method.instructions.getFirst(); i != null; i = i.getNext()) {
        if (i instanceof LineNumberNode line) {
          count(method.instructions, i, number(dotted, line.line));
        }
      }
    }
    // with the constants where they were: swapping a record back goes wrong otherwise
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    node.accept(writer);
    return writer.toByteArray();
  }

  /** Behind the frame of a jump's target, if there is one. */
  private static void count(InsnList method, AbstractInsnNode from, int number) {
    AbstractInsnNode first = from;
    while (first != null && first.getOpcode() < 0) {
      first = first.getNext();
    }
    if (first != null && first.getOpcode() == Opcodes.NEW) {
      first = first.getNext(); // a frame may name the place of the NEW
    }
    if (first != null) {
      InsnList call = new InsnList();
      call.add(new LdcInsnNode(number));
      call.add(new MethodInsnNode(Opcodes.INVOKESTATIC, "Mutants", "hit", "(I)V"));
      method.insertBefore(first, call);
    }
  }

  private synchronized int number(String name, int line) {
    return numbers.computeIfAbsent(name + ":" + line, k -> numbers.size());
  }

  Set<String> tests(String name, int line) {
    return tests.getOrDefault(number(name, line), Set.of());
  }

  boolean reachedBeforeTests(String name, int line) {
    int number = number(name, line);
    return before[number] > inTests[number];
  }

  void started(TestIdentifier test) {
    if (phase == Phase.TESTS && test.isTest()) {
      Arrays.fill(hits, 0);
    }
  }

  void finished(TestIdentifier test) {
    if (phase == Phase.FIRST) {
      add(before);
    } else if (phase == Phase.TESTS && test.isTest()) {
      for (int i = 0; i < numbers.size(); i++) {
        if (hits[i] > 0) {
          tests.computeIfAbsent(i, k -> new HashSet<>()).addAll(ways(test.getUniqueId()));
        }
      }
      add(inTests);
    }
  }

  /** A test, and what it is in. */
  private static List<String> ways(String id) {
    List<String> ways = new ArrayList<>();
    for (int end = id.indexOf("]/"); end >= 0; end = id.indexOf("]/", end + 1)) {
      ways.add(id.substring(0, end + 1));
    }
    ways.add(id);
    return ways;
  }

  private void add(int[] sum) {
    for (int i = 0; i < numbers.size(); i++) {
      sum[i] += hits[i];
    }
    Arrays.fill(hits, 0);
  }
}
