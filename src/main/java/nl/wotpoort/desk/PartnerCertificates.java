package nl.wotpoort.desk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import nl.wotpoort.letter.Address;
import nl.wotpoort.smime.Certificates;
import nl.wotpoort.smime.KeyFileFault;
import nl.wotpoort.smime.KeyFiles;

/**
 * Certificates of readers that came in by a command: {@code FOLDER/pending/ADDRESS/SHA256.pem}
 * until a person approved them, {@code approved/} while mail is sealed for them, {@code retired/}
 * afterwards. A folder that can be listed, with names that say what is in it. Several commands at
 * once do no harm: a file is written beside and moved.
 *
 * <p>What if the process dies? A file is in one state or, between two moves, still in the first.
 */
public final class PartnerCertificates {

  /** Where one stands. */
  public enum State {
    PENDING,
    APPROVED,
    RETIRED;

    String folder() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One certificate for one address. */
  public record Entry(State state, Address address, X509Certificate certificate) {

    /** What people call it by: the first twelve letters of its SHA-256. */
    public String id() {
      return Certificates.sha256(certificate).substring(0, 12);
    }
  }

  private final Path folder;

  private PartnerCertificates(Path folder) {
    this.folder = folder;
  }

  /** In {@code certs/} of an installation; nothing is made before something is kept. */
  public static PartnerCertificates in(Path home) {
    return new PartnerCertificates(home.resolve("certs"));
  }

  /** Where those of that state lie; it need not be there. */
  Path folder(State state) {
    return folder.resolve(state.folder());
  }

  /** In the order of their addresses. Throws when a file in it is no certificate, naming it. */
  public List<Entry> list(State state) throws IOException, KeyFileFault {
    List<Entry> entries = new ArrayList<>();
    for (Path of : children(folder.resolve(state.folder()))) {
      List<Address> address = Address.parse(String.valueOf(of.getFileName())).stream().toList();
      for (Path file : address.isEmpty() ? List.<Path>of() : children(of)) {
        if (file.toString().endsWith(".pem")) {
          for (X509Certificate one :
              KeyFiles.certificates(file.toString(), Files.readAllBytes(file))) {
            entries.add(new Entry(state, address.get(0), one));
          }
        }
      }
    }
    return entries;
  }

  private static List<Path> children(Path of) throws IOException {
    if (!Files.isDirectory(of)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(of)) {
      return all.sorted().toList();
    }
  }

  /** False when it is there already, in this state or a later one. */
  public boolean add(State state, Address address, X509Certificate certificate) throws IOException {
    for (State other : State.values()) {
      if (Files.exists(file(new Entry(other, address, certificate)))) {
        return false;
      }
    }
    Path file = file(new Entry(state, address, certificate));
    Files.createDirectories(file.getParent());
    Path beside = Files.createTempFile(file.getParent(), "new", ".tmp");
    Files.writeString(beside, Certificates.pem(certificate), StandardCharsets.US_ASCII);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  /** From its state to another. */
  public void move(Entry entry, State to) throws IOException {
    Path target = file(new Entry(to, entry.address(), entry.certificate()));
    Files.createDirectories(target.getParent());
    Files.move(file(entry), target, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path file(Entry entry) {
    return folder
        .resolve(entry.state().folder())
        .resolve(entry.address().toString())
        .resolve(entry.id() + ".pem");
  }
}
