package nl.wotpoort.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.texts.Language;
import org.junit.jupiter.api.Test;

/**
 * What is written is read by another program: Python's email module, which notes every defect it
 * finds. Passed over where there is no python3.
 */
class WrittenForOthersTest {

  private static final String SCRIPT =
      """
      import email, email.policy, sys
      m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
      print("subject", m["subject"])
      print("from", m["from"].addresses[0].display_name, m["from"].addresses[0].addr_spec)
      for p in m.walk():
          print("part", p.get_content_type(), p.get_filename() or "-", len(p.defects))
          for name, value in p.items():
              defects = getattr(value, "defects", ())
              if defects:
                  print("defect", name, defects)
      print(m.get_body(("plain",)).get_content())
      """;

  private static String python(Bytes mail) throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder("python3", "-X", "utf8", "-c", SCRIPT)
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      assumeTrue(false, "no python3 here");
      throw e;
    }
    try (OutputStream in = process.getOutputStream()) {
      mail.writeTo(in);
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said.replace("\r\n", "\n");
  }

  @Test
  void forwardOfADetachedSignature() throws IOException, InterruptedException {
    assertThat(python(LetterWriterTest.forward(LetterWriterTest.detached("Verwijzing"))))
        .contains("subject [" + LetterWriterTest.CASE + "] Verwijzing")
        .contains("from WOTpoort (team Oóst) poort@wotschiedam.nl")
        .contains("part multipart/mixed - 0\npart text/plain - 0\npart multipart/signed - 0\n")
        .contains("part application/pdf brief.pdf 0")
        .contains("Cliënt gaf toestemming", "Hulpvraag: geldzorgen")
        .doesNotContain("defect");
  }

  @Test
  void forwardOfAnOpaqueSignature() throws IOException, InterruptedException {
    assertThat(python(LetterWriterTest.forward(LetterWriterTest.opaque("Verwijzing"))))
        .contains("part application/pdf brief.pdf 0")
        .contains("part application/pkcs7-mime origineel-ondertekend.p7m 0")
        .doesNotContain("defect");
  }

  @Test
  void receipt() throws IOException, InterruptedException {
    assertThat(python(LetterWriterTest.receipt(ReceiptLetter.Outcome.REFUSED, Language.NL)))
        .contains("part multipart/report - 0", "part message/disposition-notification - 0")
        .contains("Cliënt:", "Wij hebben uw bericht niet doorgestuurd.")
        .doesNotContain("defect");
  }
}
