package nl.wotpoort.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import nl.wotpoort.letter.Address;
import nl.wotpoort.settings.CryptoSettings;
import nl.wotpoort.settings.Loaded;
import nl.wotpoort.smime.AlgorithmPolicy;
import nl.wotpoort.smime.Certificates;
import nl.wotpoort.smime.EnvelopeOpener;
import nl.wotpoort.smime.HeaderRules;
import nl.wotpoort.smime.KeyEntry;
import nl.wotpoort.smime.KeyFileFault;
import nl.wotpoort.smime.KeyFiles;
import nl.wotpoort.smime.KeyRing;
import nl.wotpoort.smime.Limits;
import nl.wotpoort.smime.PartnerGroup;
import nl.wotpoort.smime.PemFile;
import nl.wotpoort.smime.Trust;

/**
 * Somebody's keys and certificates laid out as folders, without a settings file (docs/open.md):
 * anchors/, intermediates/, crls/, partners/ and keys/ADDRESS/*.p12. Not for several threads.
 */
final class KeyFolder {

  private static final String PASSWORD_VARIABLE = "WOTPOORT_KEY_PASSWORD";

  private static final String SETTINGS = "open.properties";

  private final Path folder;
  private final Surroundings surroundings;
  private final Screen screen;

  /** A list that cannot be read must not look like no list at all. */
  private boolean listMissing;

  KeyFolder(Path folder, Surroundings surroundings, Screen screen) {
    this.folder = folder;
    this.surroundings = surroundings;
    this.screen = screen;
  }

  /** Whether {@code folder} is laid out so. */
  static boolean isOne(Path folder) {
    return Files.isDirectory(folder.resolve("anchors"));
  }

  Opening opening(PartnerGroup.WhenUnknown whenUnknown) throws Refusal {
    KeyRing ring = KeyRing.of(keys());
    if (ring.mailboxes().stream().allMatch(mailbox -> ring.of(mailbox).isEmpty())) {
      screen.aside(screen.text("open.noKeys", folder.resolve("keys")));
    }
    List<X509Certificate> helpers = new ArrayList<>(certificates("intermediates"));
    // a signer's own certificate helps where a mail carries none
    helpers.addAll(certificates("partners"));
    List<X509Certificate> anchors = certificates("anchors");
    if (anchors.isEmpty()) {
      throw new Refusal(Exit.USAGE, screen.text("open.noAnchors", folder.resolve("anchors")));
    }
    List<X509CRL> lists = crls();
    PartnerGroup group =
        PartnerGroup.of("anchors", anchors, helpers, lists)
            .with(listMissing ? PartnerGroup.WhenUnknown.HOLD : whenUnknown);
    AlgorithmPolicy policy = policy();
    Limits limits = Limits.defaults();
    Trust trust = Trust.of(List.of(group), policy, limits);
    return new Opening(
        ring, EnvelopeOpener.of(ring, trust, policy, limits, HeaderRules.defaults()));
  }

  /** Narrower when the folder says so, in the same words as wotpoort.properties. */
  private AlgorithmPolicy policy() throws Refusal {
    Path file = folder.resolve(SETTINGS);
    if (!Files.exists(file)) {
      return AlgorithmPolicy.defaults();
    }
    Loaded<CryptoSettings> crypto = CryptoSettings.read(file);
    List<String> sentences =
        crypto.errors().stream().map(problem -> problem.say(screen.language())).toList();
    return crypto
        .value()
        .map(c -> AlgorithmPolicy.allowing(c.allowed()).withMinimumRsaBits(c.minimumRsaBits()))
        .orElseThrow(() -> new Refusal(Exit.USAGE, sentences));
  }

  private List<X509Certificate> certificates(String name) throws Refusal {
    List<X509Certificate> all = new ArrayList<>();
    for (Path file : files(folder.resolve(name))) {
      byte[] bytes = InputFiles.bytes(file, screen).toArray();
      char[] password = isPkcs12(file) ? password(file) : new char[0];
      read(() ->
              isPkcs12(file)
                  ? KeyFiles.certificates(file.toString(), bytes, password)
                  : KeyFiles.certificates(file.toString(), bytes))
          .ifPresent(all::addAll);
    }
    return all;
  }

  private List<X509CRL> crls() throws Refusal {
    List<X509CRL> all = new ArrayList<>();
    for (Path file : files(folder.resolve("crls"))) {
      byte[] bytes = InputFiles.bytes(file, screen).toArray();
      Optional<List<X509CRL>> read = read(() -> KeyFiles.crls(file.toString(), bytes));
      read.ifPresent(all::addAll);
      listMissing |= read.isEmpty();
    }
    return all;
  }

  /** How one kind of file is read. */
  private interface Content<T> {
    List<T> read() throws KeyFileFault;
  }

  /**
   * Empty for a stray file: said, and passed over, for what is left out can only make a mail be
   * refused. A wrong password is a mistake to mend first.
   */
  private <T> Optional<List<T>> read(Content<T> content) throws Refusal {
    try {
      return Optional.of(content.read());
    } catch (KeyFileFault fault) {
      if (fault.why() == KeyFileFault.Cause.WRONG_PASSWORD) {
        throw new Refusal(
            Exit.USAGE,
            List.of(fault.text(screen.language()), screen.text("open.passwordPlace", folder)));
      }
      screen.aside(screen.text("open.passedOver", fault.text(screen.language())));
      return Optional.empty();
    }
  }

  private Map<Address, List<KeyEntry>> keys() throws Refusal {
    Map<Address, List<KeyEntry>> keys = new LinkedHashMap<>();
    for (Path entry : entries(folder.resolve("keys"))) {
      if (Files.isDirectory(entry)) {
        String name = String.valueOf(entry.getFileName());
        Address address =
            Address.parse(name)
                .orElseThrow(() -> new Refusal(Exit.USAGE, screen.text("open.notMailbox", entry)));
        keys.computeIfAbsent(address, a -> new ArrayList<>()).addAll(keysIn(entry));
      } else if (isPkcs12(entry)) {
        // not in a folder of its own: for the mailboxes its certificates are for
        for (KeyEntry key : pkcs12(entry)) {
          Certificates.addresses(key.certificate())
              .forEach(a -> keys.computeIfAbsent(a, x -> new ArrayList<>()).add(key));
        }
      }
    }
    return keys;
  }

  private List<KeyEntry> keysIn(Path mailbox) throws Refusal {
    List<KeyEntry> all = new ArrayList<>();
    List<PemFile> pem = new ArrayList<>();
    for (Path file : entries(mailbox)) {
      if (Files.isRegularFile(file) && isPkcs12(file)) {
        all.addAll(pkcs12(file));
      } else if (Files.isRegularFile(file) && !isNote(String.valueOf(file.getFileName()))) {
        byte[] bytes = InputFiles.bytes(file, screen).toArray();
        read(() -> List.of(PemFile.read(file.toString(), bytes))).ifPresent(pem::addAll);
      }
    }
    if (!pem.isEmpty()) {
      read(() -> KeyFiles.pemKeys(mailbox.toString(), pem)).ifPresent(all::addAll);
    }
    return all;
  }

  private List<KeyEntry> pkcs12(Path file) throws Refusal {
    byte[] bytes = InputFiles.bytes(file, screen).toArray();
    char[] password = password(file);
    return read(() -> KeyFiles.keys(file.toString(), bytes, password)).orElse(List.of());
  }

  /**
   * In the file FILE.password, or "password" beside it or one folder up; else from the environment;
   * else none.
   */
  private char[] password(Path file) throws Refusal {
    Path own = Path.of(file + ".password");
    if (Files.isRegularFile(own)) {
      return firstLine(own);
    }
    for (Path at = file.getParent(); at != null && at.startsWith(folder); at = at.getParent()) {
      Path written = at.resolve("password");
      if (Files.isRegularFile(written)) {
        return firstLine(written);
      }
    }
    return surroundings.environment().apply(PASSWORD_VARIABLE).orElse("").toCharArray();
  }

  private char[] firstLine(Path file) throws Refusal {
    String text = InputFiles.bytes(file, screen).decode(StandardCharsets.UTF_8);
    return text.lines().findFirst().orElse("").toCharArray();
  }

  private static boolean isPkcs12(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".p12") || name.endsWith(".pfx");
  }

  private List<Path> files(Path folder) throws Refusal {
    return entries(folder).stream()
        .filter(Files::isRegularFile)
        .filter(file -> !isAside(String.valueOf(file.getFileName())))
        .toList();
  }

  /** Notes and hidden files are no certificates. */
  private static boolean isAside(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return isNote(name) || lower.endsWith(".key") || lower.endsWith(".key.pem");
  }

  private static boolean isNote(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith(".")
        || lower.endsWith("password")
        || lower.endsWith(".md")
        || lower.endsWith(".txt");
  }

  private List<Path> entries(Path of) throws Refusal {
    if (!Files.isDirectory(of)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(of)) {
      return all.sorted().toList();
    } catch (IOException e) {
      throw new Refusal(
          Exit.USAGE, screen.text("file.unreadable", of, String.valueOf(e.getMessage())));
    }
  }
}
