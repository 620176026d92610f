package nl.wotpoort.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.smime.AlgorithmPolicy;
import nl.wotpoort.smime.CertificateBook;
import nl.wotpoort.smime.EnvelopeSealer;
import nl.wotpoort.smime.KeyFiles;
import nl.wotpoort.smime.KeyRing;
import nl.wotpoort.smime.Limits;
import nl.wotpoort.smime.OuterHead;
import nl.wotpoort.smime.Recipient;

/** Mail of the everyday GP of certs-sample, for what the fixtures do not have. */
final class GpMail {

  private static final Path SAMPLE = TestHome.REPOSITORY.resolve("certs-sample");
  private static final Address GP = Address.of("a.devries@praktijk-delinde.example");
  private static final Address OOST = Address.of("oost@wotschiedam.nl");
  private static final String ID = "<ground.1@praktijk-delinde.example>";

  private GpMail() {}

  /** A referral in labelled lines that rests on vital interest. */
  static Bytes withALegalGround() throws Exception {
    return sealed(
        """
        Cliënt: J. Proef
        Geboortedatum: 02-04-1980
        Hulpvraag: Kunt u langsgaan?
        Factoren: acute nood
        Wettelijke grond: vitaal belang
        Besloten door: dr. A. Proef
        Afweging: acuut gevaar
        Cliënt geïnformeerd: nee
        Waarom niet geïnformeerd: niet bereikbaar
        """);
  }

  private static Bytes sealed(String body) throws Exception {
    String letter =
        String.join(
                "\n",
                "From: " + GP,
                "To: " + OOST,
                "Date: Mon, 15 Jun 2026 12:00:00 +0200",
                "Message-ID: " + ID,
                "Subject: Verzoek",
                "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: 8bit",
                "",
                body)
            .replace("\n", "\r\n");
    EnvelopeSealer sealer =
        EnvelopeSealer.of(
            KeyRing.of(
                Map.of(
                    GP,
                    KeyFiles.keys(
                        "gp", bytes("gp/a.devries.p12"), "wotpoort-sample".toCharArray()))),
            CertificateBook.of(
                Map.of(OOST, KeyFiles.certificates("oost", bytes("gateway/oost.pem")))),
            AlgorithmPolicy.defaults(),
            Limits.defaults(),
            new SecureRandom());
    OuterHead outside =
        new OuterHead(
            GP,
            OOST,
            Typed.NOW,
            ID,
            "Verzoek",
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty());
    return sealer.seal(
        Bytes.of(letter, StandardCharsets.UTF_8), outside, GP, Recipient.of(OOST), Typed.NOW);
  }

  private static byte[] bytes(String name) throws Exception {
    return Files.readAllBytes(SAMPLE.resolve(name));
  }
}
