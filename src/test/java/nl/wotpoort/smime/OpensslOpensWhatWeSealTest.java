package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the gateway seals, another stack opens and verifies: {@code openssl cms -decrypt} with the
 * recipient's key, then {@code openssl cms -verify} against the root.
 */
class OpensslOpensWhatWeSealTest {

  private static final String INNER =
      Forge.crlf("From: oost@wotschiedam.nl\nTo: x@y.nl\nSubject: Ontvangen\n\nGoed – ontvangen\n");

  @TempDir Path work;

  @ParameterizedTest
  @CsvSource({
    "oost, gp/a.devries, AES_256_GCM, PKCS1",
    "oost, gp/a.devries, AES_256_GCM, OAEP_SHA_256",
    "oost, gp/a.devries, AES_256_CBC, PKCS1",
    "oost, gp/a.devries, AES_256_CBC, OAEP_SHA_256",
    "oost, gp/b.smit, AES_256_GCM, PKCS1",
    "oost, gp/b.smit, AES_256_CBC, PKCS1",
    "oost, gp/c.dejong, AES_256_CBC, PKCS1",
    "zuid, team/zuid, AES_256_GCM, PKCS1",
    "zuid-ec, team/zuid, AES_256_GCM, PKCS1",
    "zuid-ec, gp/b.smit, AES_256_CBC, PKCS1",
  })
  void opens(String signer, String to, Recipient.Cipher cipher, Recipient.KeyTransport keyTransport)
      throws Exception {
    Bytes sealed = seal(signer, to, cipher, keyTransport);
    Files.write(work.resolve("mail.eml"), sealed.toArray());

    openssl(
        "pkcs12",
        "-in",
        file(to + ".p12"),
        "-passin",
        "pass:wotpoort-sample",
        "-nodes",
        "-nocerts",
        "-out",
        "key.pem");
    openssl(
        "cms",
        "-decrypt",
        "-in",
        "mail.eml",
        "-recip",
        file(to + ".pem"),
        "-inkey",
        "key.pem",
        "-out",
        "signed.eml");
    openssl(
        "cms",
        "-verify",
        "-in",
        "signed.eml",
        "-CAfile",
        file("ca/wot-root.pem"),
        "-attime",
        Long.toString(SamplePki.NOW.getEpochSecond()),
        "-out",
        "content.eml");

    String content = Files.readString(work.resolve("content.eml"));
    assertThat(content).endsWith("\r\n\r\n" + INNER);
    assertThat(content).startsWith("Content-Type: message/rfc822");
  }

  private static Bytes seal(
      String signer, String to, Recipient.Cipher cipher, Recipient.KeyTransport keyTransport)
      throws CannotSeal {
    List<KeyEntry> keys = SamplePki.keys("gateway/" + signer);
    Address from = Certificates.addresses(keys.get(0).certificate()).get(0);
    Address address = Certificates.addresses(SamplePki.certificate(to)).get(0);
    EnvelopeSealer sealer =
        EnvelopeSealer.of(
            KeyRing.of(Map.of(from, keys)),
            SamplePki.book("gp", "team"),
            AlgorithmPolicy.defaults(),
            Limits.defaults(),
            new SecureRandom());
    OuterHead head =
        OuterHead.of(from, address, SamplePki.NOW, "<2@wotschiedam.nl>", "Bericht W26-0001")
            .inReplyTo("<1@praktijk-delinde.example>", List.of("<1@praktijk-delinde.example>"))
            .autoSubmitted("auto-replied");
    Recipient recipient = Recipient.of(address).with(cipher).with(keyTransport);
    return sealer.seal(
        Bytes.of(INNER, StandardCharsets.UTF_8), head, from, recipient, SamplePki.NOW);
  }

  private static String file(String name) {
    return SamplePki.CERTS.resolve(name).toAbsolutePath().toString();
  }

  private void openssl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Path log = work.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }
}
