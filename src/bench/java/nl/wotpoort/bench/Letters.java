package nl.wotpoort.bench;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.smime.AlgorithmPolicy;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.smime.CertificateBook;
import nl.wotpoort.smime.EnvelopeSealer;
import nl.wotpoort.smime.KeyEntry;
import nl.wotpoort.smime.KeyRing;
import nl.wotpoort.smime.Limits;
import nl.wotpoort.smime.OuterHead;
import nl.wotpoort.smime.Recipient;

/**
 * The letters of the benchmark: complete referrals by the everyday GP of certs-sample/, each about
 * another invented client, sealed as a GP's mail program would.
 */
final class Letters {

  static final Address OOST = Address.of("oost@wotschiedam.nl");
  static final Address GP = Address.of("a.devries@praktijk-delinde.example");

  private static final DateTimeFormatter RFC_5322 =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d-M-uuuu");

  private final EnvelopeSealer sealer;
  private final Address gp;
  private final Address mailbox;

  Letters(KeyEntry gpKey, Address gp, X509Certificate mailboxCertificate, Address mailbox) {
    this.gp = gp;
    this.mailbox = mailbox;
    this.sealer =
        EnvelopeSealer.of(
            KeyRing.of(Map.of(gp, List.of(gpKey))),
            CertificateBook.of(Map.of(mailbox, List.of(mailboxCertificate))),
            AlgorithmPolicy.defaults(),
            Limits.defaults(),
            new SecureRandom());
  }

  /** From A. de Vries to oost@, RSA-2048 both. */
  static Letters usual() {
    return new Letters(
        BenchHome.sampleKey("gp/a.devries").get(0),
        GP,
        BenchHome.sampleKey("gateway/oost").get(0).certificate(),
        OOST);
  }

  static String messageId(int number) {
    return "<bench-" + number + "@praktijk-delinde.example>";
  }

  /** The referral as written, before it is sealed; {@code bytes} long or a little more. */
  Bytes plain(int number, int bytes, Instant now) {
    String text = text(number, LocalDate.ofInstant(now, ZoneId.of("Europe/Amsterdam")));
    String head =
        String.join(
            "\r\n",
            "From: A. de Vries <" + gp + ">",
            "To: " + mailbox,
            "Subject: Verwijzing",
            "Date: " + RFC_5322.format(now.atZone(ZoneOffset.UTC)),
            "Message-ID: " + messageId(number),
            "MIME-Version: 1.0",
            "Content-Type: multipart/mixed; boundary=\"=_bench\"",
            "",
            "--=_bench",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: 8bit",
            "",
            text,
            "--=_bench",
            "Content-Type: application/octet-stream",
            "Content-Disposition: attachment; filename=uitslag.bin",
            "Content-Transfer-Encoding: base64",
            "",
            "");
    int left = Math.max(0, bytes - head.length() - 20);
    byte[] attachment = new byte[left * 54 / 76];
    new Random(number).nextBytes(attachment);
    String encoded = Base64.getMimeEncoder().encodeToString(attachment);
    String mail = head + encoded + "\r\n--=_bench--\r\n";
    return Bytes.wrap(mail.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(int number, LocalDate today) {
    return String.join(
        "\r\n",
        "Cliënt: Jansen-" + letters(number),
        "Voorletters: J.",
        "Geboortedatum: " + DAY.format(LocalDate.of(1940, 1, 1).plusDays(number % 15_000)),
        "Postcode: 3112 AB",
        "Huisnummer: " + (1 + number % 300),
        "Telefoon: 010 0000000",
        "Hulpvraag: Kan het team meekijken met de administratie en de dagbesteding?",
        "Factoren: eenzaamheid, schulden",
        "Toestemming: ja, mondeling op " + DAY.format(today.minusDays(1)),
        "");
  }

  private static String letters(int number) {
    StringBuilder name = new StringBuilder();
    for (int rest = number; ; rest /= 26) {
      name.append((char) ('a' + rest % 26));
      if (rest < 26) {
        return name.toString();
      }
    }
  }

  /** The whole sealed mail. */
  Bytes sealed(int number, int bytes, Instant now) {
    try {
      return sealer.seal(
          plain(number, bytes, now),
          OuterHead.of(gp, mailbox, now, messageId(number), "Verwijzing"),
          gp,
          Recipient.of(mailbox),
          now);
    } catch (CannotSeal e) {
      throw new IllegalStateException(e);
    }
  }
}
