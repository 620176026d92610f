package nl.wotpoort.desk;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import nl.wotpoort.directory.Delivery;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.directory.Partner;
import nl.wotpoort.directory.Professional;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.letter.Address;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.smime.CertificateBook;
import nl.wotpoort.smime.KeyFileFault;

/** The certificates of everybody we may write to: from routes/ and from {@code certs/approved}. */
final class ReadersCertificates {

  private final Configuration configuration;
  private final KeptFiles files;

  ReadersCertificates(Configuration configuration, KeptFiles files) {
    this.configuration = configuration;
    this.files = files;
  }

  CertificateBook book() {
    Directory directory = configuration.directory();
    Map<Address, List<X509Certificate>> book = new LinkedHashMap<>();
    recipients(directory).forEach(reader -> book.put(reader, new ArrayList<>(1)));
    List<Named> named = book.keySet().stream().flatMap(reader -> named(directory, reader)).toList();
    List<List<X509Certificate>> found =
        files.certificates(named.stream().map(Named::file).toList());
    for (int i = 0; i < named.size(); i++) {
      book.computeIfAbsent(named.get(i).reader(), reader -> new ArrayList<>()).addAll(found.get(i));
    }
    approved(book);
    return CertificateBook.of(book);
  }

  /** A file that a reader's entry names. */
  private record Named(Address reader, Path file) {}

  private static Stream<Named> named(Directory directory, Address reader) {
    return directory.sealingFor(reader).stream()
        .flatMap(sealing -> sealing.certificates().stream())
        .map(file -> new Named(reader, file));
  }

  /** Those that came in by {@code wotpoort cert}, for readers the directory knows. */
  private void approved(Map<Address, List<X509Certificate>> book) {
    Path home = configuration.settings().home();
    PartnerCertificates kept = PartnerCertificates.in(home);
    try {
      kept.list(PartnerCertificates.State.APPROVED)
          .forEach(
              entry ->
                  Optional.ofNullable(book.get(entry.address()))
                      .ifPresent(all -> all.add(entry.certificate())));
    } catch (KeyFileFault fault) {
      files.fault(fault);
    } catch (IOException e) {
      files.unreadable(home.resolve("certs"));
    }
  }

  /** Everybody we may ever write to. */
  private static Stream<Address> recipients(Directory directory) {
    Stream<Delivery> teams = directory.teams().stream().map(team -> team.delivery());
    Stream<Delivery> workers =
        directory.workers().stream().map(Worker::delivery).flatMap(Optional::stream);
    Stream<Delivery> mailboxes =
        directory.mailboxes().stream()
            .flatMap(
                mailbox ->
                    mailbox instanceof Mailbox.General general
                        ? general.delivery().stream()
                        : mailbox instanceof Mailbox.Desk desk
                            ? desk.delivery().stream()
                            : Stream.empty());
    Stream<Address> practices =
        directory.partners().stream().flatMap(partner -> partner.addresses().stream());
    Stream<Address> people =
        directory.partners().stream()
            .map(Partner::professionals)
            .flatMap(List::stream)
            .map(Professional::addresses)
            .flatMap(List::stream);
    return Stream.of(
            Stream.of(teams, workers, mailboxes).flatMap(s -> s).map(Delivery::address),
            practices,
            people)
        .flatMap(s -> s);
  }
}
