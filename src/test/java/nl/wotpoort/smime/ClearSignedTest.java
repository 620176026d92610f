package nl.wotpoort.smime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An opaque signature travels on as a detached one that still verifies. */
class ClearSignedTest {

  private static final Path FIXTURES = SamplePki.ROOT.resolve("src/test/resources/fixtures");

  /** Opaque mails of four programs, with each signature algorithm. */
  static Stream<String[]> opaqueMails() throws IOException {
    return Files.readAllLines(FIXTURES.resolve("MANIFEST.tsv")).stream()
        .map(l -> l.split("\t", -1))
        .filter(c -> c[1].equals("ACCEPT") && c[3].equals("opaque"))
        .map(c -> new String[] {c[0], c[9]});
  }

  @ParameterizedTest
  @MethodSource("opaqueMails")
  void isTheSameSignatureOverTheSameContent(String file, String mailbox) throws Fault {
    Opened.Trusted opened = open(file, mailbox);
    Entity entity = Entity.read(entity(opened), Limits.defaults());

    SignedContent signed = SignedContent.read(entity, Limits.defaults());
    SignatureCheck.Verified verified =
        new SignatureCheck(AlgorithmPolicy.defaults(), Limits.defaults())
            .verify(signed, SamplePki.trust(SamplePki.gps()).known());

    assertThat(entity.contentType().isSignedMultipart()).isTrue();
    assertThat(Certificates.hex(verified.sha256())).isEqualTo(opened.content().contentSha256());
    assertThat(opened.content().entity().isEmpty()).isFalse();
    assertThat(verified.content().decode(StandardCharsets.ISO_8859_1))
        .contains(opened.content().entity().decode(StandardCharsets.ISO_8859_1));
  }

  /** {@code openssl cms -verify} reads it as well. */
  @Test
  void opensslVerifiesIt(@TempDir Path work) throws Exception {
    Opened.Trusted opened =
        open("accept/openssl-oaep-sha256-gcm-pss-opaque.eml", "oost@wotschiedam.nl");
    Files.write(work.resolve("signed.eml"), entity(opened).toArray());

    Process openssl =
        new ProcessBuilder(
                "openssl",
                "cms",
                "-verify",
                "-in",
                "signed.eml",
                "-CAfile",
                SamplePki.CERTS.resolve("ca/zorg-root.pem").toAbsolutePath().toString(),
                "-attime",
                Long.toString(SamplePki.NOW.getEpochSecond()),
                "-out",
                "content")
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("log").toFile())
            .start();

    assertThat(openssl.waitFor()).as(Files.readString(work.resolve("log"))).isZero();
    assertThat(Files.readString(work.resolve("content"))).contains("Doel: Ondersteuning");
  }

  /** A bare LF would become CRLF on the way, and the signature would fail: so it stays opaque. */
  @Test
  void contentThatWouldNotTravelStaysAsItIs() throws Fault {
    Asn1 signedData = Asn1.read(Der.sequence(Der.integer(1)), Limits.defaults());
    for (String end : List.of("\n", "\r", "\r\n")) {
      Bytes content = Bytes.of("Content-Type: text/plain" + end + end + "hallo" + end, US_ASCII);
      assertThat(ClearSigned.of(content, signedData, new byte[32], "SHA-256").isPresent())
          .isEqualTo(end.equals("\r\n"));
    }
  }

  private static Bytes entity(Opened.Trusted opened) {
    return Bytes.joined(opened.content().signedEntity());
  }

  private static Opened.Trusted open(String file, String mailbox) {
    Bytes mail = Bytes.wrap(SamplePki.bytes(FIXTURES.resolve(file)));
    return SealAndOpenTest.trusted(
        SamplePki.opener().open(mail, Address.of(mailbox), SamplePki.NOW));
  }

  @Test
  void theSameMailGivesTheSameEntity() {
    String file = "accept/nss-opaque-rfc822.eml";
    List<Bytes> entities =
        Stream.of(1, 2).map(i -> entity(open(file, "info@wotschiedam.nl"))).toList();

    assertThat(entities.get(0)).isEqualTo(entities.get(1));
  }
}
