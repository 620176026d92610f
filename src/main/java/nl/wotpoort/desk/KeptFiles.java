package nl.wotpoort.desk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nl.wotpoort.smime.KeyFileFault;
import nl.wotpoort.smime.KeyFiles;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * Reads files of keys, certificates and lists, and keeps what is wrong with them. For one reading,
 * in one thread.
 */
final class KeptFiles {

  private final List<KeyFileFault> faults = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();

  /** How one kind of file is read. */
  interface Content<T> {
    List<T> in(byte[] bytes) throws KeyFileFault;
  }

  /** Nothing, and a fault noted, when the file is of no use. */
  <T> List<T> read(Path file, Content<T> content) {
    try {
      return content.in(Files.readAllBytes(file));
    } catch (KeyFileFault fault) {
      faults.add(fault);
    } catch (IOException e) {
      unreadable.add(file.toString());
    }
    return List.of();
  }

  List<X509Certificate> certificates(Path file) {
    return read(file, bytes -> KeyFiles.certificates(file.toString(), bytes));
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
