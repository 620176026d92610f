package nl.wotpoort.settings;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Entries;
import nl.wotpoort.directory.PostcodeTable;
import nl.wotpoort.settings.RoutesDraft.Drafted;

/**
 * Reads the three files of {@code routes/} as one. Either all of it holds together, or every
 * problem is told with file, line and remedy and nothing is handed out. Changes nothing, never
 * throws for what a file holds. Thread-safe.
 */
public final class Routes {

  public static final String MAILBOXES = "mailboxes.yaml";
  public static final String DIRECTORY = "directory.yaml";
  public static final String PARTNERS = "partners.yaml";

  private static final List<String> FILES = List.of(MAILBOXES, DIRECTORY, PARTNERS);

  private Routes() {}

  /**
   * Reads a folder.
   *
   * @param certificates where relative certificate files are looked for
   * @param today for warnings about what is over or still to come
   */
  public static Loaded<Directory> read(Path folder, Path certificates, LocalDate today) {
    Problems problems = new Problems();
    Map<String, byte[]> files = new TreeMap<>();
    for (String file : FILES) {
      FileText.bytes(folder.resolve(file), file, problems).ifPresent(b -> files.put(file, b));
    }
    return read(files, certificates, Files::isRegularFile, today, problems);
  }

  /** Reads bytes as if they were files; {@code isThere} says which certificate files exist. */
  public static Loaded<Directory> read(
      Map<String, byte[]> files, Path certificates, Predicate<Path> isThere, LocalDate today) {
    Problems problems = new Problems();
    FILES.stream()
        .filter(f -> !files.containsKey(f))
        .forEach(f -> problems.error(f, 1, "FILE_MISSING", f));
    return read(files, certificates, isThere, today, problems);
  }

  /**
   * The bytes of the three files as they are now, for {@link #activated} and {@link #digest}; those
   * that cannot be read are told.
   */
  public static Loaded<Map<String, byte[]>> bytes(Path folder) {
    Problems problems = new Problems();
    Map<String, byte[]> files = new TreeMap<>();
    for (String file : FILES) {
      FileText.bytes(folder.resolve(file), file, problems).ifPresent(b -> files.put(file, b));
    }
    return problems.hasErrors()
        ? Loaded.failed(problems.inOrder())
        : Loaded.of(files, problems.inOrder());
  }

  /** Reads the texts of version {@code number}, which then is part of the directory's version. */
  public static Loaded<Directory> activated(
      int number, Map<String, byte[]> files, Path certificates, LocalDate today) {
    Problems problems = new Problems();
    String version = number + "-" + digest(files);
    return read(files, certificates, Files::isRegularFile, today, problems, version);
  }

  private static Loaded<Directory> read(
      Map<String, byte[]> files,
      Path certificates,
      Predicate<Path> isThere,
      LocalDate today,
      Problems problems) {
    return read(files, certificates, isThere, today, problems, digest(files));
  }

  private static Loaded<Directory> read(
      Map<String, byte[]> files,
      Path certificates,
      Predicate<Path> isThere,
      LocalDate today,
      Problems problems,
      String version) {
    RoutesDraft draft = new RoutesDraft(certificates, isThere, problems);
    boolean whole = true;
    for (String file : FILES) {
      Optional<YamlMap> root =
          Optional.ofNullable(files.get(file)).flatMap(b -> YamlFile.read(b, file, problems));
      root.ifPresent(map -> readInto(draft, file, map));
      whole &= root.isPresent();
    }
    // With a file missing, everything that refers to it would be an unknown reference.
    if (whole) {
      new RoutesCheck(draft, today).check();
    }
    return problems.hasErrors()
        ? Loaded.failed(problems.inOrder())
        : Loaded.of(Directory.of(entries(draft, version)), problems.inOrder());
  }

  private static void readInto(RoutesDraft draft, String file, YamlMap map) {
    switch (file) {
      case MAILBOXES -> new MailboxesYaml(draft).read(map);
      case DIRECTORY -> new DirectoryYaml(draft).read(map);
      case PARTNERS -> new PartnersYaml(draft).read(map);
      default -> throw new AssertionError(file);
    }
  }

  private static Entries entries(RoutesDraft draft, String version) {
    return new Entries(
        version,
        values(draft.teams),
        values(draft.workers),
        values(draft.expertise),
        values(draft.partners),
        values(draft.mailboxes),
        PostcodeTable.of(draft.postcodes));
  }

  private static <T> List<T> values(List<Drafted<T>> drafted) {
    return drafted.stream().map(Drafted::value).toList();
  }

  /** Twelve hexadecimal digits that change with every byte of the files. */
  public static String digest(Map<String, byte[]> files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String file : FILES) {
        byte[] bytes = files.getOrDefault(file, new byte[0]);
        digest.update((file + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
