package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import nl.wotpoort.letter.Bytes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the gateway seals, another stack opens and verifies: {@code openssl cms -decrypt} with the
 * recipient's key, then {@code openssl cms -verify} against the root. Every signature × key
 * encryption × cipher that OpenSSL 3.0 knows; the others are in {@link NewerAlgorithmsTest}.
 */
class OpensslOpensWhatWeSealTest {

  private static final String INNER =
      Forge.crlf("From: oost@wotschiedam.nl\nTo: x@y.nl\nSubject: Ontvangen\n\nGoed – ontvangen\n");

  /** Which key of fixtures/stacks/keys signs, and how. */
  private enum Signing {
    RSA_PKCS1("rsa", Recipient.Signature.RSA_PKCS1),
    RSA_PSS("rsa", Recipient.Signature.RSA_PSS),
    ECDSA_P256("p256", Recipient.Signature.ECDSA),
    ECDSA_P384("p384", Recipient.Signature.ECDSA),
    ECDSA_P521("p521", Recipient.Signature.ECDSA);

    private final String key;
    private final Recipient.Signature signature;

    Signing(String key, Recipient.Signature signature) {
      this.key = key;
      this.signature = signature;
    }
  }

  /** For which key there, and how. */
  private enum Reader {
    RSA_PKCS1("rsa", Recipient.KeyTransport.PKCS1),
    RSA_OAEP("rsa", Recipient.KeyTransport.OAEP_SHA_256),
    P256("p256", Recipient.KeyTransport.PKCS1),
    P384("p384", Recipient.KeyTransport.PKCS1),
    P521("p521", Recipient.KeyTransport.PKCS1);

    private final String key;
    private final Recipient.KeyTransport keyTransport;

    Reader(String key, Recipient.KeyTransport keyTransport) {
      this.key = key;
      this.keyTransport = keyTransport;
    }
  }

  @TempDir Path work;

  static Stream<Arguments> combinations() {
    return Stream.of(Signing.values())
        .flatMap(
            signing ->
                Stream.of(Reader.values())
                    .flatMap(
                        reader ->
                            Stream.of(Recipient.Cipher.AES_256_GCM, Recipient.Cipher.AES_256_CBC)
                                .map(cipher -> Arguments.of(signing, reader, cipher))));
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void opens(Signing signing, Reader reader, Recipient.Cipher cipher) throws Exception {
    Files.write(work.resolve("mail.eml"), seal(signing, reader, cipher).toArray());

    openssl(
        "cms",
        "-decrypt",
        "-in",
        "mail.eml",
        "-recip",
        key("recipient-" + reader.key + ".pem"),
        "-inkey",
        key("recipient-" + reader.key + ".key.pem"),
        "-out",
        "signed.eml");
    Files.writeString(
        work.resolve("authorities.pem"),
        Certificates.pem(SamplePki.certificate("ca/zorg-root"))
            + Certificates.pem(SamplePki.certificate("ca/zorg-issuing")));
    openssl(
        "cms",
        "-verify",
        "-in",
        "signed.eml",
        "-CAfile",
        "authorities.pem",
        "-attime",
        Long.toString(SamplePki.NOW.getEpochSecond()),
        "-out",
        "content.eml");

    String content = Files.readString(work.resolve("content.eml"));
    assertThat(content).endsWith("\r\n\r\n" + INNER);
    assertThat(content).startsWith("Content-Type: message/rfc822");
  }

  private static Bytes seal(Signing signing, Reader reader, Recipient.Cipher cipher)
      throws CannotSeal {
    KeyEntry key = StacksTest.key("signer-" + signing.key);
    X509Certificate certificate = StacksTest.key("recipient-" + reader.key).certificate();
    EnvelopeSealer sealer =
        EnvelopeSealer.of(
            KeyRing.of(Map.of(SamplePki.GP, List.of(key))),
            CertificateBook.of(Map.of(SamplePki.OOST, List.of(certificate))),
            AlgorithmPolicy.defaults(),
            Limits.defaults(),
            new SecureRandom());
    OuterHead head =
        OuterHead.of(
                SamplePki.GP,
                SamplePki.OOST,
                SamplePki.NOW,
                "<2@praktijk-delinde.example>",
                "Bericht W26-0001")
            .inReplyTo("<1@praktijk-delinde.example>", List.of("<1@praktijk-delinde.example>"))
            .autoSubmitted("auto-replied");
    Recipient recipient =
        Recipient.of(SamplePki.OOST).with(cipher).with(reader.keyTransport).with(signing.signature);
    return sealer.seal(
        Bytes.of(INNER, StandardCharsets.UTF_8), head, SamplePki.GP, recipient, SamplePki.NOW);
  }

  private static String key(String name) {
    return StacksTest.KEYS.resolve(name).toAbsolutePath().toString();
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
