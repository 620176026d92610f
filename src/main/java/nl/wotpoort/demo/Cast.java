package nl.wotpoort.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.smime.AlgorithmPolicy;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.smime.CertificateBook;
import nl.wotpoort.smime.EnvelopeOpener;
import nl.wotpoort.smime.EnvelopeSealer;
import nl.wotpoort.smime.KeyFileFault;
import nl.wotpoort.smime.KeyFiles;
import nl.wotpoort.smime.KeyRing;
import nl.wotpoort.smime.Limits;
import nl.wotpoort.smime.Opened;
import nl.wotpoort.smime.OuterHead;
import nl.wotpoort.smime.PartnerGroup;
import nl.wotpoort.smime.Recipient;
import nl.wotpoort.smime.Trust;

/**
 * The mail program of somebody in the play: it seals with a sample key, and opens what comes back.
 */
final class Cast {

  static final String KEY_PASSWORD = "wotpoort-sample";
  static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

  private final Address address;
  private final String name;
  private final KeyRing ring;
  private final Trust trust;
  private final Path certs;
  private final Clock clock;

  private Cast(Address address, String name, KeyRing ring, Trust trust, Path certs, Clock clock) {
    this.address = address;
    this.name = name;
    this.ring = ring;
    this.trust = trust;
    this.certs = certs;
    this.clock = clock;
  }

  /**
   * Somebody with the key in {@code p12} below certs-sample, who trusts the tree of {@code trusted}
   * (wot or zorg).
   */
  static Cast member(
      Path certs, String name, String address, String p12, String trusted, Clock clock)
      throws IOException, KeyFileFault {
    Address own = Address.of(address);
    byte[] key = Files.readAllBytes(certs.resolve(p12));
    KeyRing ring = KeyRing.of(Map.of(own, KeyFiles.keys(p12, key, KEY_PASSWORD.toCharArray())));
    PartnerGroup group =
        PartnerGroup.of(
            trusted,
            certificates(certs, "ca/" + trusted + "-root.pem"),
            certificates(certs, "ca/" + trusted + "-issuing.pem"),
            List.of());
    Trust trust =
        Trust.of(
            List.of(
                new PartnerGroup(
                    group.name(),
                    group.anchors(),
                    group.intermediates(),
                    group.crls(),
                    group.vouchesFor(),
                    group.organisations(),
                    group.subjectEmail(),
                    PartnerGroup.WhenUnknown.ACCEPT)),
            AlgorithmPolicy.defaults(),
            Limits.defaults());
    return new Cast(own, name, ring, trust, certs, clock);
  }

  private static List<X509Certificate> certificates(Path certs, String file)
      throws IOException, KeyFileFault {
    return KeyFiles.certificates(file, Files.readAllBytes(certs.resolve(file)));
  }

  Address address() {
    return address;
  }

  /**
   * A signed and encrypted mail; the certificate of {@code to} is {@code pem} below certs-sample.
   */
  Bytes seal(Address to, String pem, String messageId, String subject, String body)
      throws IOException, KeyFileFault, CannotSeal {
    CertificateBook book = CertificateBook.of(Map.of(to, certificates(certs, pem)));
    EnvelopeSealer sealer =
        EnvelopeSealer.of(
            ring, book, AlgorithmPolicy.defaults(), Limits.defaults(), new SecureRandom());
    Instant now = clock.instant();
    OuterHead head = OuterHead.of(address, to, now, messageId, "[...]");
    return sealer.seal(plain(to, messageId, subject, body), head, address, Recipient.of(to), now);
  }

  /** The same mail, in the open. */
  Bytes plain(Address to, String messageId, String subject, String body) {
    String text =
        String.join(
            "\r\n",
            "From: " + name + " <" + address + ">",
            "To: " + to,
            "Subject: " + subject,
            "Date: " + DATE.format(clock.instant().atZone(AMSTERDAM)),
            "Message-ID: " + messageId,
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: 8bit",
            "",
            body.replace("\n", "\r\n"),
            "");
    return Bytes.of(text, StandardCharsets.UTF_8);
  }

  Opened open(Bytes mail) {
    return EnvelopeOpener.of(ring, trust, AlgorithmPolicy.defaults())
        .open(mail, address, clock.instant());
  }
}
