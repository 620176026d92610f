package nl.wotpoort.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
 * A mail that can only be sealed while a scenario plays, for it replies to a letter the gateway has
 * just sent: NAME.txt, in which {@code {letter}} is that letter's Message-ID. OpenSSL is not asked:
 * it stamps the time of this machine, and the house has a clock of its own.
 */
final class LateMail {

  private LateMail() {}

  /** From whom its {@code From} says to the mailbox {@code to}, by the keys of certs-sample. */
  static Bytes sealed(Path text, String letter, Address to, Instant now) {
    String[] parts = read(text).replace("{letter}", letter).split("\n\n", 2);
    Address from = Address.of(field(parts[0], "From").replaceAll(".*<|>.*", ""));
    String id = "<" + text.getParent().getFileName() + "." + text.getFileName() + "@late.example>";
    String mail =
        parts[0]
            + "\nDate: Mon, 15 Jun 2026 10:00:00 +0200\nMessage-ID: "
            + id
            + "\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8"
            + "\nContent-Transfer-Encoding: 8bit\n\n"
            + parts[1];
    String mailbox = to.localPart().replaceAll("[+].*", "");
    EnvelopeSealer sealer =
        EnvelopeSealer.of(
            KeyRing.of(Map.of(from, keys(Openssl.sampleOf(from)))),
            CertificateBook.of(
                Map.of(to, List.of(keys("gateway/" + mailbox).get(0).certificate()))),
            AlgorithmPolicy.defaults(),
            Limits.defaults(),
            new SecureRandom());
    try {
      return sealer.seal(
          Bytes.of(mail.replace("\n", "\r\n"), StandardCharsets.UTF_8),
          OuterHead.of(from, to, now, id, field(parts[0], "Subject")),
          from,
          Recipient.of(to),
          now);
    } catch (CannotSeal e) {
      throw new IllegalStateException(e);
    }
  }

  private static String field(String head, String name) {
    return head.lines()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElseThrow();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<KeyEntry> keys(String sample) {
    try {
      return KeyFiles.keys(
          sample,
          Files.readAllBytes(House.CERTS.resolve(sample + ".p12")),
          Openssl.SAMPLE_PASSWORD.toCharArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (KeyFileFault e) {
      throw new IllegalStateException(e);
    }
  }
}
