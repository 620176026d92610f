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
import java.util.stream.Stream;
import nl.wotpoort.letter.Address;
import nl.wotpoort.settings.CryptoSettings;
import nl.wotpoort.settings.Loaded;
import nl.wotpoort.smime.AlgorithmPolicy;
import nl.wotpoort.smime.EnvelopeOpener;
import nl.wotpoort.smime.HeaderRules;
import nl.wotpoort.smime.KeyEntry;
import nl.wotpoort.smime.KeyFileFault;
import nl.wotpoort.smime.KeyFiles;
import nl.wotpoort.smime.KeyRing;
import nl.wotpoort.smime.Limits;
import nl.wotpoort.smime.PartnerGroup;
import nl.wotpoort.smime.Trust;

/**
 * Somebody's keys and certificates laid out as folders, without a settings file (docs/open.md):
 * anchors/, intermediates/, crls/, partners/ and keys/ADDRESS/*.p12.
 */
final class KeyFolder {

  private static final String PASSWORD_VARIABLE = "WOTPOORT_KEY_PASSWORD";

  private static final String CRYPTO = "crypto.properties";

  private final Path folder;
  private final Surroundings surroundings;
  private final Screen screen;

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
    List<X509Certificate> helpers = new ArrayList<>(certificates("intermediates"));
    // a signer's own certificate helps where a mail carries none
    helpers.addAll(certificates("partners"));
    PartnerGroup group =
        PartnerGroup.of("anchors", certificates("anchors"), helpers, crls()).with(whenUnknown);
    AlgorithmPolicy policy = policy();
    Limits limits = Limits.defaults();
    Trust trust = Trust.of(List.of(group), policy, limits);
    return new Opening(
        ring, EnvelopeOpener.of(ring, trust, policy, limits, HeaderRules.defaults()));
  }

  /** Narrower when the folder says so, in the same words as wotpoort.properties. */
  private AlgorithmPolicy policy() throws Refusal {
    Path file = folder.resolve(CRYPTO);
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
      try {
        all.addAll(
            isPkcs12(file)
                ? KeyFiles.certificates(file.toString(), bytes, password(file))
                : KeyFiles.certificates(file.toString(), bytes));
      } catch (KeyFileFault fault) {
        throw new Refusal(Exit.USAGE, fault.text(screen.language()));
      }
    }
    return all;
  }

  private List<X509CRL> crls() throws Refusal {
    List<X509CRL> all = new ArrayList<>();
    for (Path file : files(folder.resolve("crls"))) {
      try {
        all.addAll(KeyFiles.crls(file.toString(), InputFiles.bytes(file, screen).toArray()));
      } catch (KeyFileFault fault) {
        throw new Refusal(Exit.USAGE, fault.text(screen.language()));
      }
    }
    return all;
  }

  private Map<Address, List<KeyEntry>> keys() throws Refusal {
    Map<Address, List<KeyEntry>> keys = new LinkedHashMap<>();
    for (Path mailbox : entries(folder.resolve("keys"))) {
      if (Files.isDirectory(mailbox)) {
        String name = String.valueOf(mailbox.getFileName());
        Address address =
            Address.parse(name)
                .orElseThrow(
                    () -> new Refusal(Exit.USAGE, screen.text("open.notMailbox", mailbox)));
        keys.put(address, keysIn(mailbox));
      }
    }
    return keys;
  }

  private List<KeyEntry> keysIn(Path mailbox) throws Refusal {
    List<KeyEntry> all = new ArrayList<>();
    for (Path file : files(mailbox)) {
      if (isPkcs12(file)) {
        try {
          all.addAll(
              KeyFiles.keys(
                  file.toString(), InputFiles.bytes(file, screen).toArray(), password(file)));
        } catch (KeyFileFault fault) {
          throw new Refusal(Exit.USAGE, fault.text(screen.language()));
        }
      }
    }
    return all;
  }

  /** In the file "password" beside it or one folder up; else from the environment; else none. */
  private char[] password(Path file) throws Refusal {
    for (Path at = file.getParent(); at != null && at.startsWith(folder); at = at.getParent()) {
      Path written = at.resolve("password");
      if (Files.isRegularFile(written)) {
        String text = InputFiles.bytes(written, screen).decode(StandardCharsets.UTF_8);
        return text.lines().findFirst().orElse("").toCharArray();
      }
    }
    return surroundings.environment().apply(PASSWORD_VARIABLE).orElse("").toCharArray();
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
    return lower.startsWith(".")
        || lower.equals("password")
        || lower.endsWith(".md")
        || lower.endsWith(".txt")
        || lower.endsWith(".key.pem");
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
