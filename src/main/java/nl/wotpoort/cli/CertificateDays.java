package nl.wotpoort.cli;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Partner;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.letter.Address;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.smime.Certificates;
import nl.wotpoort.smime.KeyEntry;
import nl.wotpoort.smime.KeyRing;
import nl.wotpoort.smime.PartnerGroup;
import nl.wotpoort.smime.Recipient;

/** How many days keys, certificates and revocation lists still have. */
final class CertificateDays {

  /** Time enough to ask for a new certificate and to hand it round. */
  private static final long SOON = 30;

  private static final long CRL_SOON = 2;

  private final Screen screen;
  private final Instant now;
  private final Remarks remarks;

  CertificateDays(Screen screen, Instant now, Remarks remarks) {
    this.screen = screen;
    this.now = now;
    this.remarks = remarks;
  }

  void check(Configuration configuration, Furnishing.Keys keys) {
    keys.ring().mailboxes().stream()
        .sorted(Comparator.comparing(Address::toString))
        .forEach(mailbox -> mailbox(mailbox, keys));
    keys.book().addresses().stream()
        .sorted(Comparator.comparing(Address::toString))
        .forEach(address -> reader(address, keys.book().of(address)));
    keys.trust().groups().forEach(this::group);
    signatures(configuration, keys);
    if (keys.ring().forSigning(configuration.settings().gateway(), now).isEmpty()) {
      remarks.error(screen.text("check.gatewayCannotSign", configuration.settings().gateway()));
    }
  }

  /** The newest key counts: older ones are kept for reading. */
  private void mailbox(Address mailbox, Furnishing.Keys keys) {
    Optional<Instant> end =
        keys.ring().of(mailbox).stream().map(KeyEntry::notAfter).max(Comparator.naturalOrder());
    boolean token = keys.ring().of(mailbox).stream().anyMatch(KeyEntry::isInToken);
    String name = token ? screen.text("check.inToken", mailbox) : mailbox.toString();
    end.ifPresent(moment -> told("check.key", name, moment, SOON));
  }

  private void reader(Address address, List<X509Certificate> certificates) {
    Optional<Instant> end =
        certificates.stream()
            .map(X509Certificate::getNotAfter)
            .map(Date::toInstant)
            .max(Comparator.naturalOrder());
    end.ifPresent(moment -> told("check.reader", address.toString(), moment, SOON));
  }

  private void group(PartnerGroup group) {
    for (X509Certificate anchor : group.anchors()) {
      told("check.anchor", nameIn(group, anchor), anchor.getNotAfter().toInstant(), SOON);
    }
    for (X509Certificate between : group.intermediates()) {
      told("check.anchor", nameIn(group, between), between.getNotAfter().toInstant(), SOON);
    }
    for (X509CRL list : group.crls()) {
      Optional.ofNullable(list.getNextUpdate())
          .map(Date::toInstant)
          .ifPresent(
              next ->
                  told(
                      "check.crl",
                      group.name() + ", " + list.getIssuerX500Principal().getName(),
                      next,
                      CRL_SOON));
    }
  }

  /**
   * An entry in routes/ may ask for a signature. A letter is signed as the mailbox it comes from
   * when that has a key to sign with, otherwise as the gateway; so each of those needs such a key,
   * or its letters to that reader wait.
   */
  private void signatures(Configuration configuration, Furnishing.Keys keys) {
    Directory directory = configuration.directory();
    for (Partner partner : directory.partners()) {
      signature("partners.yaml", partner.name(), partner.manner(), keys.ring());
    }
    directory
        .deliveries()
        .forEach(
            to ->
                signature("routes/", to.address().toString(), to.sealing().manner(), keys.ring()));
  }

  private void signature(String file, String reader, Sealing.Manner manner, KeyRing ring) {
    manner
        .signature()
        .ifPresent(
            wanted -> {
              String unable = unableToSign(Recipient.Signature.valueOf(wanted.name()), ring);
              if (!unable.isEmpty()) {
                String name = wanted.name().toLowerCase(Locale.ROOT).replace('_', '-');
                remarks.error(screen.text("check.noKeyFor", reader, name, unable, file));
              }
            });
  }

  /** Those of our mailboxes that sign, and not so. */
  private String unableToSign(Recipient.Signature wanted, KeyRing ring) {
    return ring.mailboxes().stream()
        .filter(mailbox -> ring.forSigning(mailbox, now).isPresent())
        .filter(mailbox -> ring.forSigning(mailbox, wanted, now).isEmpty())
        .map(Address::toString)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String nameIn(PartnerGroup group, X509Certificate certificate) {
    return group.name() + ", " + Certificates.name(certificate);
  }

  private void told(String key, String what, Instant end, long soon) {
    long days = Duration.between(now, end).toDays();
    if (end.isBefore(now)) {
      remarks.error(screen.text(key + ".over", what, Times.day(end)));
    } else if (days < soon) {
      remarks.warning(screen.text(key + ".soon", what, days, Times.day(end)));
    } else {
      remarks.note(screen.text(key + ".fine", what, days, Times.day(end)));
    }
  }
}
