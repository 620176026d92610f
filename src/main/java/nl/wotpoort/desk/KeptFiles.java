package nl.wotpoort.desk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.wotpoort.smime.CertificateBook;
import nl.wotpoort.smime.KeyFileFault;
import nl.wotpoort.smime.KeyFiles;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * Reads files of keys, certificates and lists, and keeps what is wrong with them. For one reading,
 * asked by one thread.
 */
final class KeptFiles {

  private final CertificateBook known;
  private final List<KeyFileFault> faults = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();

  /**
   * @param known the certificates in use: one of them is not parsed again
   */
  KeptFiles(CertificateBook known) {
    this.known = known;
  }

  /** How one kind of file is read. */
  interface Content<T> {
    List<T> in(byte[] bytes) throws KeyFileFault;
  }

  /** What came of reading one file. */
  private record Look<T>(List<T> found, Optional<KeyFileFault> fault, boolean isUnreadable) {}

  private static <T> Look<T> look(Path file, Content<T> content) {
    try {
      return new Look<>(content.in(Files.readAllBytes(file)), Optional.empty(), false);
    } catch (KeyFileFault fault) {
      return new Look<>(List.of(), Optional.of(fault), false);
    } catch (IOException e) {
      return new Look<>(List.of(), Optional.empty(), true);
    }
  }

  private <T> List<T> noted(Path file, Look<T> look) {
    look.fault().ifPresent(faults::add);
    if (look.isUnreadable()) {
      unreadable.add(file.toString());
    }
    return look.found();
  }

  /** Nothing, and a fault noted, when the file is of no use. */
  <T> List<T> read(Path file, Content<T> content) {
    return noted(file, look(file, content));
  }

  List<X509Certificate> certificates(Path file) {
    return read(file, bytes -> certificates(file, bytes));
  }

  private List<X509Certificate> certificates(Path file, byte[] bytes) throws KeyFileFault {
    return KeyFiles.certificates(file.toString(), bytes, known);
  }

  /** The certificates of each file: thousands, so they are read on every processor there is. */
  List<List<X509Certificate>> certificates(List<Path> several) {
    List<Look<X509Certificate>> looks =
        several.parallelStream()
            .map(file -> look(file, bytes -> certificates(file, bytes)))
            .toList();
    List<List<X509Certificate>> found = new ArrayList<>();
    for (int i = 0; i < several.size(); i++) {
      found.add(noted(several.get(i), looks.get(i)));
    }
    return found;
  }

  /** What is in a folder, in the order of names; a file stands for itself. */
  List<Path> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of(folder);
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    } catch (IOException e) {
      unreadable.add(folder.toString());
      return List.of();
    }
  }

  void fault(KeyFileFault fault) {
    faults.add(fault);
  }

  void unreadable(Path path) {
    unreadable.add(path.toString());
  }

  /** A sentence for each file that is of no use. */
  List<String> wrong(Language language) {
    List<String> wrong = new ArrayList<>();
    faults.forEach(fault -> wrong.add(fault.text(language)));
    unreadable.forEach(file -> wrong.add(Texts.of("desk", language).say("unreadable", file)));
    return wrong;
  }
}
