package nl.wotpoort.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.smime.AlgorithmPolicy;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.smime.CertificateBook;
import nl.wotpoort.smime.EnvelopeSealer;
import nl.wotpoort.smime.KeyEntry;
import nl.wotpoort.smime.KeyFileFault;
import nl.wotpoort.smime.KeyFiles;
import nl.wotpoort.smime.KeyRing;
import nl.wotpoort.smime.Limits;
import nl.wotpoort.smime.OuterHead;
import nl.wotpoort.smime.Recipient;

/**
 * Referrals by the GP of certs-sample/, each about another invented client, sealed. What is
 * readable in them begins with the canary's words, so that it can be looked for.
 */
final class Mails {

  static final Address GP = Address.of("a.devries@praktijk-delinde.example");
  static final Address OOST = Address.of("oost@wotschiedam.nl");

  /** In every name. */
  static final String NAME = "Kanarievogel";

  /** In every request. */
  static final String WORD = "kanariezaad";

  private static final DateTimeFormatter RFC_5322 =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d-M-uuuu");

  private final EnvelopeSealer sealer;

  Mails() {
    this.sealer =
        EnvelopeSealer.of(
            KeyRing.of(Map.of(GP, keys("gp/a.devries"))),
            CertificateBook.of(Map.of(OOST, List.of(keys("gateway/oost").get(0).certificate()))),
            AlgorithmPolicy.defaults(),
            Limits.defaults(),
            new SecureRandom());
  }

  private static List<KeyEntry> keys(String name) {
    try {
      byte[] file = Files.readAllBytes(House.PROJECT.resolve("certs-sample/" + name + ".p12"));
      return KeyFiles.keys(name, file, Openssl.SAMPLE_PASSWORD.toCharArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (KeyFileFault e) {
      throw new IllegalStateException(e);
    }
  }

  static String messageId(int number) {
    return "<kanarie-" + number + "@praktijk-delinde.example>";
  }

  /** The {@code number}th mail. Thread-safe; another sealing of the same letter each time. */
  Bytes sealed(int number, Instant now) {
    try {
      return sealer.seal(
          plain(number, now),
          OuterHead.of(GP, OOST, now, messageId(number), "Verwijzing"),
          GP,
          Recipient.of(OOST),
          now);
    } catch (CannotSeal e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same before it is sealed. */
  static Bytes plain(int number, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneId.of("Europe/Amsterdam"));
    return Bytes.wrap(
        String.join(
                "\r\n",
                "From: A. de Vries <" + GP + ">",
                "To: " + OOST,
                "Subject: Verwijzing",
                "Date: " + RFC_5322.format(now.atZone(ZoneOffset.UTC)),
                "Message-ID: " + messageId(number),
                "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: 8bit",
                "",
                "Cliënt: J. " + NAME + "-" + letters(number),
                "Geboortedatum: " + DAY.format(LocalDate.of(1940, 1, 1).plusDays(number % 15_000)),
                "Postcode: 3112 AB",
                "Huisnummer: " + (1 + number % 300),
                bsn(number).map(bsn -> "BSN: " + bsn).orElse("Telefoon: 010 0000000"),
                "Hulpvraag: Kan het team meekijken, " + WORD + " " + number + "?",
                "Factoren: eenzaamheid, schulden",
                "Toestemming: ja, mondeling op " + DAY.format(today.minusDays(1)) + " door cliënt",
                "")
            .getBytes(StandardCharsets.UTF_8));
  }

  /**
   * One of the numbers from 999900000 on, which are given to nobody, that pass the 11-test. Empty
   * where the ninth digit would be a ten, and beyond ten thousand: no two clients share one.
   */
  static Optional<String> bsn(int number) {
    String eight = String.format(Locale.ROOT, "9999%04d", number);
    int sum = 0;
    for (int i = 0; i < 8; i++) {
      sum += (9 - i) * (eight.charAt(i) - '0');
    }
    return number < 10_000 && sum % 11 < 10 ? Optional.of(eight + sum % 11) : Optional.empty();
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
}
