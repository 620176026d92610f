import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.pitest.bytecode.analysis.ClassTree;
import org.pitest.classinfo.ClassByteArraySource;
import org.pitest.classinfo.ClassName;
import org.pitest.coverage.NoCoverage;
import org.pitest.mutationtest.EngineArguments;
import org.pitest.mutationtest.build.CompoundMutationInterceptor;
import org.pitest.mutationtest.config.PluginServices;
import org.pitest.mutationtest.config.ReportOptions;
import org.pitest.mutationtest.config.SettingsFactory;
import org.pitest.mutationtest.engine.Mutater;
import org.pitest.mutationtest.engine.MutationDetails;

/**
 * Judges PIT's mutants (its engine, its mutators, its filters) in one JVM: {@code run.sh CLASSES
 * TESTS}. PIT itself starts a JVM for each mutant that never ends, and repeats all tests there
 * before it goes on; parsers have many of those, and mails make slow tests.
 *
 * <p>A class is swapped for its mutant, the test classes run in the order given, and the first test
 * that fails kills it. A test that takes more processor time than {@code -Dpatience} (milliseconds)
 * on top of three times what it took before any mutant counts as one that never ends; its thread is stopped. A
 * survivor, and what the JVM refuses to swap, is judged again in a class loader of its own, so that
 * what ran in static initialisers and constructors before the swap is mutated as well.
 */
public final class Mutants {

  static final Path MAIN = Path.of("target/classes");
  private static final Path TEST = Path.of("target/test-classes");
  static final String ROOM = System.getProperty("room", "nl.wotpoort.smime") + ".";
  /** Tests that are left out, by their unique id. */
  private static final Pattern SKIP = Pattern.compile(System.getProperty("skip", "^$"));

  private static final long PATIENCE = Long.getLong("patience", 500) * 1_000_000;
  /** How long a test may wait for others, as those of the desk do for its threads. */
  private static final long WAITS = Long.getLong("waits", 60) * 1_000_000_000;

  /** Whether the room may be loaded once more: a token's library, once in the JVM, is not. */
  private static final boolean FRESH = !"no".equals(System.getProperty("fresh"));

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static Instrumentation instrumentation;
  private static final Lines LINES = new Lines();
  private static volatile boolean failed;
  private static volatile Set<String> only; // null: all
  private static volatile String failure = "";
  private static volatile long startedAt;

  private final Launcher launcher = LauncherFactory.create();
  private final List<String> tests;
  private final PrintStream out;

  /** Those that lived in an earlier report, wherever their lines are now; null: all. */
  private final Set<String> again = lived(System.getProperty("again"));

  private final Map<String, Long> usual = new ConcurrentHashMap<>();
  private volatile long limit;

  private Mutants(List<String> tests, PrintStream out) {
    this.tests = tests;
    this.out = out;
  }

  public static void premain(String arguments, Instrumentation given) {
    instrumentation = given;
    given.addTransformer(LINES, false);
  }

  /** Called from each line of the room, until the lines of each test are known. */
  public static void hit(int line) {
    LINES.hits[line]++;
  }

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    try (PrintStream out = new PrintStream(Files.newOutputStream(file), true)) {
      new Mutants(List.of(arguments[2].split(",")), out).run(arguments[1].split(","));
    }
    System.exit(0);
  }

  private static boolean swap(String name, byte[] code) throws Exception {
    Class<?> swapped = Class.forName(name, false, Mutants.class.getClassLoader());
    try {
      instrumentation.redefineClasses(new ClassDefinition(swapped, code));
      return true;
    } catch (UnsupportedOperationException | LinkageError refused) {
      return false; // a record with a nullable component, the second time (JDK 17)
    }
  }

  private static Set<String> lived(String report) {
    if (report == null) {
      return null;
    }
    try (Stream<String> lines = Files.lines(Path.of(report))) {
      return lines
          .filter(line -> line.startsWith("SURVIVED") || line.startsWith("NOT_REACHED"))
          .map(line -> line.split("\t", -1))
          .map(c -> c[1].replaceAll(":.*", "") + "\t" + c[2] + "\t" + c[3] + "\t" + c[4])
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private enum Outcome {
    NOT_REACHED,
    KILLED,
    NEVER_ENDED,
    SURVIVED
  }

  private void run(String[] classes) throws Exception {
    for (Lines.Phase phase : Lines.Phase.values()) { // what is compiled by then is fast
      LINES.phase = phase;
      if (phase == Lines.Phase.PLAIN) {
        instrumentation.removeTransformer(LINES);
        for (String name : LINES.classes) {
          swap(name, bytes(name).orElseThrow());
        }
      }
      if (judge(getClass().getClassLoader(), Long.MAX_VALUE / 2) != Outcome.SURVIVED) {
        throw new IllegalStateException("fails without a mutant: " + failure);
      }
    }
    Map<Outcome, Integer> total = new TreeMap<>();
    for (String name : classes) {
      for (Path file : files(name)) {
        String binary = MAIN.relativize(file).toString().replaceAll("\\.class$", "");
        one(binary.replace('/', '.')).forEach((o, n) -> total.merge(o, n, Integer::sum));
      }
    }
    out.println("# total " + total);
    System.out.println("total " + total);
  }

  /** The class and those inside it. */
  private static List<Path> files(String name) throws IOException {
    Path folder = MAIN.resolve(ROOM.replace('.', '/'));
    String pattern = name.replace("*", "[^$]*") + "(\\$.*)?\\.class";
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> f.getFileName().toString().matches(pattern)).sorted().toList();
    }
  }

  private Map<Outcome, Integer> one(String name) throws Exception {
    byte[] original = bytes(name).orElseThrow();
    Map<Outcome, Integer> total = new TreeMap<>();
    Mutater mutater = mutater();
    long begun = System.nanoTime();
    for (MutationDetails mutant : mutants(mutater, name, original)) {
      String by = mutant.getMutator().replaceAll(".*\\.", "").replaceAll("Mutator.*", "");
      String what = mutant.getMethod() + "\t" + by + "\t" + mutant.getDescription();
      if (again != null && !again.contains(name.replace(ROOM, "") + "\t" + what)) {
        continue;
      }
      byte[] mutated = mutater.getMutation(mutant.getId()).getBytes();
      Outcome outcome = judge(name, mutant.getLineNumber(), original, mutated);
      total.merge(outcome, 1, Integer::sum);
      String where = name.replace(ROOM, "") + ":" + mutant.getLineNumber();
      out.println(outcome.name() + "\t" + where + "\t" + what + "\t" + failure);
    }
    if (!total.isEmpty()) {
      long seconds = (System.nanoTime() - begun) / 1_000_000_000;
      System.out.println(name.replace(ROOM, "") + " " + total + " " + seconds + " s");
    }
    return total;
  }

  private Outcome judge(String name, int line, byte[] original, byte[] mutated) throws Exception {
    failure = "";
    only = LINES.tests(name, line);
    boolean early = LINES.reachedBeforeTests(name, line);
    if (only.isEmpty() && !early) {
      return Outcome.NOT_REACHED;
    }
    if (early && !FRESH) {
      only = null; // what is set up before tests is made anew for each test class
    }
    boolean swapped = (only == null || !only.isEmpty()) && swap(name, mutated);
    if (swapped) {
      Outcome outcome = judge(getClass().getClassLoader(), 0);
      swap(name, original);
      if (outcome != Outcome.SURVIVED || !early || !FRESH) {
        return outcome;
      }
    }
    if (early) {
      only = null;
    }
    try (Fresh fresh = new Fresh(name, mutated)) {
      return judge(fresh, 2 * PATIENCE);
    }
  }

  /** All test classes, until something fails. */
  @SuppressWarnings({"deprecation", "removal"}) // stop(): the only end of a loop that has none
  private Outcome judge(ClassLoader loader, long more) throws Exception {
    failed = false;
    failure = "";
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Thread thread = new Thread(() -> tests(loader), "tests");
    thread.setContextClassLoader(loader);
    thread.setDaemon(true);
    startedAt = 0;
    limit = PATIENCE;
    thread.start();
    boolean stopped = false;
    long silentSince = System.nanoTime();
    long last = 0;
    while (thread.isAlive()) {
      thread.join(5);
      long now = THREADS.getThreadCpuTime(thread.getId());
      if (now != last) {
        last = now;
        silentSince = System.nanoTime();
      }
      boolean waits = System.nanoTime() - silentSince > WAITS;
      if (now - startedAt > limit + more || waits) {
        stopped = true;
        failed = true;
        failure = waits ? "waits" : "runs";
        startedAt = now;
        silentSince = System.nanoTime();
        thread.stop();
      }
    }
    Thread.getAllStackTraces().keySet().stream()
        .filter(left -> left.getName().startsWith("wotpoort-") && !before.contains(left))
        .filter(left -> THREADS.getThreadCpuTime(left.getId()) > PATIENCE)
        .forEach(Thread::stop); // a loop that a mutant left in a thread of the desk's
    return stopped ? Outcome.NEVER_ENDED : failed ? Outcome.KILLED : Outcome.SURVIVED;
  }

  private void tests(ClassLoader loader) {
    for (String test : tests) {
      if (failed) {
        return;
      }
      Set<String> wanted = only;
      String name = test.contains(".") ? test : ROOM + test;
      if (wanted != null && wanted.stream().noneMatch(w -> w.endsWith(":" + name + "]"))) {
        continue;
      }
      long begun = System.nanoTime();
      try {
        Class<?> type = Class.forName(name, false, loader);
        LauncherDiscoveryRequest request =
            LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(type))
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
                .build();
        launcher.execute(request, new Listener());
      } catch (ClassNotFoundException | LinkageError e) {
        failed = true;
        failure = test + " " + e;
      }
      if (LINES.phase == Lines.Phase.TESTS) {
        System.out.println(test + " " + (System.nanoTime() - begun) / 1_000_000 + " ms");
      }
    }
  }

  private final class Listener implements TestExecutionListener {
    @Override
    public void executionStarted(TestIdentifier test) {
      limit = PATIENCE + 3 * usual.getOrDefault(test.getUniqueId(), 0L);
      startedAt = THREADS.getCurrentThreadCpuTime();
      LINES.started(test);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      LINES.finished(test);
      long now = THREADS.getCurrentThreadCpuTime();
      if (LINES.phase != Lines.Phase.PLAIN && test.isTest()) {
        usual.merge(test.getUniqueId(), now - startedAt, Math::max);
      }
      startedAt = now;
      if (result.getStatus() == TestExecutionResult.Status.FAILED && !failed) {
        failed = true;
        failure = test.getUniqueId().replaceAll(".*\\[class:[^\\]]*\\.([^\\]]*)\\]", "$1") + " ";
        failure += result.getThrowable().map(t -> t.toString().split("\n")[0]).orElse("");
      }
    }
  }

  /** What is behind the first failure is left out. */
  public static final class FirstFailure implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (failed || SKIP.matcher(context.getUniqueId()).find()) {
        return ConditionEvaluationResult.disabled("killed, or not asked for");
      }
      Set<String> wanted = only;
      return wanted == null || wanted.contains(context.getUniqueId())
          ? ConditionEvaluationResult.enabled("alive")
          : ConditionEvaluationResult.disabled("does not come there");
    }
  }

  /** The room once more, with one class mutated. */
  private static final class Fresh extends URLClassLoader {
    private final String name;
    private final byte[] mutated;

    Fresh(String name, byte[] mutated) throws IOException {
      super(
          new URL[] {MAIN.toUri().toURL(), TEST.toUri().toURL()}, Mutants.class.getClassLoader());
      this.name = name;
      this.mutated = mutated;
    }

    @Override
    protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(wanted)) {
        Class<?> known = findLoadedClass(wanted);
        if (known != null) {
          return known;
        }
        if (wanted.equals(name)) {
          return defineClass(wanted, mutated, 0, mutated.length);
        }
        return wanted.startsWith(ROOM) ? findClass(wanted) : super.loadClass(wanted, resolve);
      }
    }
  }

  private static Optional<byte[]> bytes(String name) {
    String file = name.replace('.', '/') + ".class";
    for (Path root : List.of(MAIN, TEST)) {
      if (Files.exists(root.resolve(file))) {
        try {
          return Optional.of(Files.readAllBytes(root.resolve(file)));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    try (var in = ClassLoader.getSystemResourceAsStream(file)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final ClassByteArraySource SOURCE = Mutants::bytes;
  private static final List<String> MUTATORS =
      List.of(System.getProperty("mutators", "STRONGER").split(","));

  private static SettingsFactory settings(ReportOptions options) {
    return new SettingsFactory(options, PluginServices.makeForContextLoader());
  }

  private static ReportOptions options() {
    ReportOptions options = new ReportOptions();
    options.setMutators(MUTATORS);
    options.setFeatures(List.of());
    return options;
  }

  private static Mutater mutater() {
    EngineArguments wanted = EngineArguments.arguments().withMutators(MUTATORS);
    return settings(options()).createEngine().createEngine(wanted).createMutator(SOURCE);
  }

  /** As PIT would make them: without those of generated code and the like. */
  private static List<MutationDetails> mutants(Mutater mutater, String name, byte[] original) {
    ReportOptions options = options();
    CompoundMutationInterceptor filter =
        settings(options)
            .getInterceptor()
            .createInterceptor(options, new NoCoverage(), SOURCE, m -> List.of(), null);
    filter.begin(ClassTree.fromBytes(original));
    Collection<MutationDetails> left =
        filter.intercept(mutater.findMutations(ClassName.fromString(name)), mutater);
    filter.end();
    return new ArrayList<>(left);
  }
}
