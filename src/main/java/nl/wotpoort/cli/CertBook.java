package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.desk.Alerts;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.desk.PartnerCertificates;
import nl.wotpoort.desk.PartnerCertificates.Entry;
import nl.wotpoort.desk.PartnerCertificates.State;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.smime.Certificates;
import nl.wotpoort.smime.Finding;
import nl.wotpoort.smime.KeyEntry;
import nl.wotpoort.smime.KeyFileFault;
import nl.wotpoort.smime.KeyFiles;
import nl.wotpoort.smime.KeyRing;
import nl.wotpoort.smime.Opened;
import nl.wotpoort.smime.PathResult;
import nl.wotpoort.store.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The part of {@code wotpoort cert} that keeps readers' certificates. */
final class CertBook {

  private CertBook() {}

  /** What the commands have in common. */
  abstract static class OnBook extends Action {

    final PartnerCertificates book() {
      return PartnerCertificates.in(installation().home());
    }

    final Furnishing.Keys keys() throws Refusal {
      try {
        return Furnishing.keys(
            installation().configuration(), installation().samples(), screen().language());
      } catch (Furnishing.CannotFurnish e) {
        throw Installation.cannot(e);
      }
    }

    final Instant now() {
      return surroundings().clock().instant();
    }

    final List<Entry> list(State state) throws Refusal {
      try {
        return book().list(state);
      } catch (KeyFileFault fault) {
        throw new Refusal(Exit.USAGE, fault.text(screen().language()));
      } catch (IOException e) {
        throw unreachable(e);
      }
    }

    final Refusal unreachable(IOException e) {
      return new Refusal(
          Exit.UNAVAILABLE, screen().text("cert.folder", String.valueOf(e.getMessage())));
    }

    final void move(Entry entry, State to) throws Refusal {
      try {
        book().move(entry, to);
      } catch (IOException e) {
        throw unreachable(e);
      }
      tell(new Entry(to, entry.address(), entry.certificate()), "accept");
    }

    /** What {@code id} begins, in that state. */
    final List<Entry> found(State state, String id) throws Refusal {
      List<Entry> found =
          list(state).stream()
              .filter(e -> id.length() >= 6 && Certificates.sha256(e.certificate()).startsWith(id))
              .toList();
      if (found.isEmpty()) {
        throw new Refusal(Exit.NO, screen().text("cert.notThere", id));
      }
      return found;
    }

    final void tell(Entry entry, String finding) {
      Instant end = entry.certificate().getNotAfter().toInstant();
      if (screen().isJson()) {
        ObjectNode json = Json.object();
        json.put("id", entry.id());
        json.put("state", entry.state().name());
        json.put("address", entry.address().toString());
        json.put("name", Certificates.name(entry.certificate()));
        json.put("issuer", entry.certificate().getIssuerX500Principal().getName());
        json.put("notAfter", end.toString());
        json.put("finding", finding);
        screen().json(json);
        return;
      }
      screen()
          .say(
              "cert.line",
              entry.id(),
              screen().text("cert.state." + entry.state().name()),
              entry.address(),
              Certificates.name(entry.certificate()),
              Times.day(end),
              finding);
    }

    /** What a mailbox signs and reads with, newest first; which of them signs now. */
    final void tellKeys(KeyRing ring, Address mailbox) {
      Optional<KeyEntry> signing = ring.forSigning(mailbox, now());
      ring.of(mailbox).stream()
          .sorted(Comparator.comparing(KeyEntry::notAfter).reversed())
          .forEach(key -> tell(mailbox, key, signing.equals(Optional.of(key))));
    }

    private void tell(Address mailbox, KeyEntry key, boolean signs) {
      String use = signs ? "SIGNS" : key.isValidAt(now()) ? "READS" : "OLD";
      long days = Duration.between(now(), key.notAfter()).toDays();
      if (screen().isJson()) {
        ObjectNode json = Json.object();
        json.put("id", Certificates.sha256(key.certificate()).substring(0, 12));
        json.put("mailbox", mailbox.toString());
        json.put("source", key.source());
        json.put("token", key.isInToken());
        json.put("use", use);
        json.put("algorithm", key.certificate().getPublicKey().getAlgorithm());
        json.put("notAfter", key.notAfter().toString());
        json.put("daysLeft", days);
        screen().json(json);
        return;
      }
      screen()
          .say(
              "cert.key",
              Certificates.sha256(key.certificate()).substring(0, 12),
              mailbox,
              screen().text("cert.use." + use),
              key.certificate().getPublicKey().getAlgorithm(),
              Times.day(key.notAfter()),
              days,
              screen().text(key.isInToken() ? "cert.inToken" : "cert.inFile", key.source()));
    }

    /** Kept for each address it is for; what nobody can be encrypted for is said. */
    final int keep(List<X509Certificate> certificates, State state, Set<Address> only)
        throws Refusal {
      int kept = 0;
      for (X509Certificate certificate : certificates) {
        List<Address> addresses =
            Certificates.addresses(certificate).stream()
                .filter(a -> only.isEmpty() || only.contains(a))
                .distinct()
                .toList();
        if (addresses.isEmpty() || !Certificates.isForReading(certificate, now())) {
          screen().aside(screen().text("cert.leftOut", Certificates.name(certificate)));
          continue;
        }
        for (Address address : addresses) {
          kept += keep(new Entry(state, address, certificate)) ? 1 : 0;
        }
      }
      return kept;
    }

    private boolean keep(Entry entry) throws Refusal {
      try {
        boolean added = book().add(entry.state(), entry.address(), entry.certificate());
        if (added) {
          tell(entry, "accept");
        } else {
          screen().aside(screen().text("cert.known", entry.id(), entry.address()));
        }
        return added;
      } catch (IOException e) {
        throw unreachable(e);
      }
    }

    final String finding(Furnishing.Keys keys, X509Certificate certificate) {
      return keys.trust()
          .path(certificate, List.of(), now())
          .flatMap(PathResult::finding)
          .map(Finding::code)
          .orElse("accept");
    }
  }

  /** {@code cert import}. */
  @Command(name = "import")
  static final class Import extends OnBook {

    @Parameters(arity = "1..*", paramLabel = "BESTAND", descriptionKey = "certImportFiles")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--address", paramLabel = "ADRES")
    private @Nullable Address address;

    @Override
    public Integer call() throws Refusal {
      int kept = 0;
      for (Path file : files) {
        Bytes bytes = InputFiles.bytes(file, screen());
        try {
          Set<Address> only = Optional.ofNullable(address).map(Set::of).orElse(Set.of());
          kept += keep(KeyFiles.directory(file.toString(), bytes.toArray()), State.PENDING, only);
        } catch (KeyFileFault fault) {
          throw new Refusal(Exit.USAGE, fault.text(screen().language()));
        }
      }
      screen().aside(screen().text("cert.imported", kept));
      return kept > 0 ? Exit.FINE : Exit.NO;
    }
  }

  /** {@code cert harvest}: from a mail that verified. */
  @Command(name = "harvest")
  static final class Harvest extends OnBook {

    @Parameters(arity = "1..*", paramLabel = "BESTAND", descriptionKey = "openFiles")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() throws Refusal {
      Furnishing.Keys keys = keys();
      Opening opening = new Opening(keys.ring(), keys.opener());
      int worst = Exit.FINE;
      for (Path file : files) {
        Bytes mail = InputFiles.bytes(file, screen());
        Opened opened = opening.open(mail, Optional.empty(), now()).opened();
        worst = Math.max(worst, harvest(file, opened));
      }
      return worst;
    }

    /** An organisation's certificate is not the sender's own to read with. */
    private int harvest(Path file, Opened opened) throws Refusal {
      if (opened instanceof Opened.Trusted trusted && !trusted.signer().organisation()) {
        Set<Address> signer = Set.of(trusted.signer().address());
        keep(List.of(trusted.signer().certificate()), State.PENDING, signer);
        return Exit.FINE;
      }
      screen()
          .aside(
              screen()
                  .text(
                      "cert.notHarvested",
                      file,
                      opened.fold(trusted -> "organisation", refused -> refused.finding().code())));
      return Exit.NO;
    }
  }

  /** {@code cert list}. */
  @Command(name = "list")
  static final class ListAll extends OnBook {

    @Option(names = "--pending")
    private boolean pending;

    @Option(names = "--retired")
    private boolean retired;

    @Option(names = "--keys")
    private boolean own;

    @Override
    public Integer call() throws Refusal {
      Furnishing.Keys keys = keys();
      if (own) {
        keys.ring().mailboxes().stream()
            .sorted(Comparator.comparing(Address::toString))
            .forEach(mailbox -> tellKeys(keys.ring(), mailbox));
        return Exit.FINE;
      }
      List<State> states =
          pending ? List.of(State.PENDING) : List.of(State.APPROVED, State.PENDING);
      for (State state : retired ? List.of(State.RETIRED) : states) {
        for (Entry entry : list(state)) {
          tell(entry, finding(keys, entry.certificate()));
        }
      }
      return Exit.FINE;
    }
  }

  /** {@code cert approve}. */
  @Command(name = "approve")
  static final class Approve extends OnBook {

    @Parameters(arity = "1..*", paramLabel = "KENMERK", descriptionKey = "certIds")
    private List<String> ids = new ArrayList<>();

    @Override
    public Integer call() throws Refusal {
      Furnishing.Keys keys = keys();
      int worst = Exit.FINE;
      for (String id : ids) {
        for (Entry entry : found(State.PENDING, id)) {
          String finding = finding(keys, entry.certificate());
          // not known whether it was revoked: that is looked at again each time mail is sealed
          if (finding.equals("accept") || finding.equals(Finding.REVOCATION_UNKNOWN.code())) {
            alert(entry);
            move(entry, State.APPROVED);
          } else {
            screen().aside(screen().text("cert.notApproved", entry.id(), finding));
            worst = Exit.NO;
          }
        }
      }
      return worst;
    }

    /**
     * A practice whose mail is sealed for another certificate is news at once.
     *
     * <p>What if the process dies after this? Then it was said and is not approved; the next try
     * says it again.
     */
    private void alert(Entry entry) throws Refusal {
      Configuration configuration = installation().configuration();
      if (configuration.directory().partnerOf(entry.address()).isEmpty()
          || !Installation.hasStore(configuration.settings())) {
        return;
      }
      try (Store store = installation().store(configuration.settings())) {
        store.journal().write(Alerts.certificateApproved(entry.id(), entry.address(), now()));
      }
    }
  }

  /** {@code cert retire}. */
  @Command(name = "retire")
  static final class Retire extends OnBook {

    @Parameters(arity = "1..*", paramLabel = "KENMERK", descriptionKey = "certIds")
    private List<String> ids = new ArrayList<>();

    @Override
    public Integer call() throws Refusal {
      for (String id : ids) {
        boolean waits =
            list(State.PENDING).stream()
                .anyMatch(e -> Certificates.sha256(e.certificate()).startsWith(id));
        for (Entry entry : found(waits ? State.PENDING : State.APPROVED, id)) {
          move(entry, State.RETIRED);
        }
      }
      return Exit.FINE;
    }
  }
}
