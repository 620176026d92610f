package nl.wotpoort.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.letter.Address;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.smime.Certificates;
import nl.wotpoort.smime.KeyEntry;
import nl.wotpoort.smime.KeyFileFault;
import nl.wotpoort.smime.KeyFiles;
import nl.wotpoort.smime.KeyRing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The part of {@code wotpoort cert} that puts our own keys in place and out of it: PKCS#12 files in
 * the folder that {@code keys.NAME.file} names. A running gateway takes the change over.
 */
final class KeyBook {

  private KeyBook() {}

  /** What the two commands have in common. */
  abstract static class OnKeys extends CertBook.OnBook {

    @Option(names = "--mailbox", required = true, paramLabel = "ADRES")
    private @Nullable Address mailbox;

    final Address mailbox() {
      if (mailbox == null) {
        throw new AssertionError("picocli requires it");
      }
      return mailbox;
    }

    /** The folder among the sources of this mailbox's keys; files named one by one are not ours. */
    final Settings.KeyFile folder() throws Refusal {
      return installation()
          .configuration()
          .settings()
          .keys()
          .getOrDefault(mailbox(), List.of())
          .stream()
          .flatMap(source -> source.<Stream<Settings.KeyFile>>fold(Stream::of, t -> Stream.empty()))
          .filter(file -> Files.isDirectory(file.file()))
          .findFirst()
          .orElseThrow(
              () ->
                  new Refusal(
                      Exit.USAGE,
                      screen().text("cert.noKeyFolder", mailbox(), mailbox().localPart())));
    }

    final List<KeyEntry> read(Path file, Settings.KeyFile folder) throws Refusal {
      char[] password = folder.password().reveal();
      try {
        return KeyFiles.keys(file.toString(), InputFiles.bytes(file, screen()).toArray(), password);
      } catch (KeyFileFault fault) {
        throw new Refusal(Exit.USAGE, fault.text(screen().language()));
      } finally {
        Arrays.fill(password, '\0');
      }
    }

    final void tellAll() throws Refusal {
      Furnishing.Keys keys = keys();
      tellKeys(keys.ring(), mailbox());
    }
  }

  /** {@code cert import-key}. */
  @Command(name = "import-key")
  static final class ImportKey extends OnKeys {

    @Parameters(paramLabel = "BESTAND", descriptionKey = "certKeyFile")
    private @Nullable Path file;

    @Override
    public Integer call() throws Refusal {
      if (file == null) {
        throw new AssertionError("picocli requires it");
      }
      Settings.KeyFile folder = folder();
      List<KeyEntry> found = read(file, folder);
      for (KeyEntry key : found) {
        requireUseful(key);
      }
      String id = Certificates.sha256(found.get(0).certificate()).substring(0, 12);
      copy(file, folder.file().resolve(id + ".p12"));
      tellAll();
      return Exit.FINE;
    }

    private void requireUseful(KeyEntry key) throws Refusal {
      if (!Certificates.addresses(key.certificate()).contains(mailbox())) {
        throw new Refusal(Exit.NO, screen().text("cert.keyOfAnother", key.source(), mailbox()));
      }
      if (key.notAfter().isBefore(now())) {
        throw new Refusal(
            Exit.NO, screen().text("cert.keyEnded", key.source(), Times.day(key.notAfter())));
      }
    }

    /**
     * Written beside and moved, for its owner alone. What if the process dies? A file that ends in
     * .tmp stays, which nobody reads.
     */
    private void copy(Path from, Path to) throws Refusal {
      try {
        Path beside = Files.createTempFile(to.getParent(), "new", ".tmp");
        Files.write(beside, InputFiles.bytes(from, screen()).toArray());
        Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new Refusal(
            Exit.UNAVAILABLE, screen().text("file.unreadable", to, String.valueOf(e.getMessage())));
      }
    }
  }

  /** {@code cert retire-key}. */
  @Command(name = "retire-key")
  static final class RetireKey extends OnKeys {

    @Parameters(paramLabel = "KENMERK", descriptionKey = "certKeyId")
    private String id = "";

    @Override
    public Integer call() throws Refusal {
      Settings.KeyFile folder = folder();
      Path file = fileOf(folder);
      requireAnother(read(file, folder));
      try {
        Path retired = Files.createDirectories(folder.file().resolve("retired"));
        Files.move(file, retired.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new Refusal(
            Exit.UNAVAILABLE,
            screen().text("file.unreadable", file, String.valueOf(e.getMessage())));
      }
      tellAll();
      return Exit.FINE;
    }

    private Path fileOf(Settings.KeyFile folder) throws Refusal {
      try (Stream<Path> all = Files.list(folder.file())) {
        for (Path file : all.filter(p -> p.toString().endsWith(".p12")).sorted().toList()) {
          boolean meant =
              id.length() >= 6
                  && read(file, folder).stream()
                      .anyMatch(key -> Certificates.sha256(key.certificate()).startsWith(id));
          if (meant) {
            return file;
          }
        }
      } catch (IOException e) {
        throw new Refusal(
            Exit.UNAVAILABLE,
            screen().text("file.unreadable", folder.file(), String.valueOf(e.getMessage())));
      }
      throw new Refusal(Exit.NO, screen().text("cert.notThere", id));
    }

    /** A mailbox that could sign must be able to afterwards. */
    private void requireAnother(List<KeyEntry> leaving) throws Refusal {
      KeyRing ring = keys().ring();
      Instant now = now();
      List<KeyEntry> staying =
          ring.of(mailbox()).stream()
              .filter(
                  key -> leaving.stream().noneMatch(l -> l.certificate().equals(key.certificate())))
              .toList();
      KeyRing without = KeyRing.of(Map.of(mailbox(), staying));
      if (ring.forSigning(mailbox(), now).isPresent()
          && without.forSigning(mailbox(), now).isEmpty()) {
        throw new Refusal(Exit.NO, screen().text("cert.lastKey", mailbox()));
      }
    }
  }
}
