package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.VerifiedContent.Protection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every mail in fixtures/MANIFEST.tsv, made by OpenSSL, gpgsm, NSS and node-forge (the commands are
 * in the manifest), gives the outcome written beside it.
 */
class FixturesTest {

  private static final Path FIXTURES = SamplePki.ROOT.resolve("src/test/resources/fixtures");
  private static final EnvelopeOpener OPENER = SamplePki.opener();

  /** An address where the name belongs is another's, and shows another than From: two faults. */
  private static final Set<String> NOT_ALONE =
      Set.of("reject/signer-mismatch--address-as-name.eml");

  record Row(String file, String expect, String wrapped, String cipher, Address mailbox) {
    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<Row> rows() throws IOException {
    List<String> lines = Files.readAllLines(FIXTURES.resolve("MANIFEST.tsv"));
    return lines.stream()
        .skip(1)
        .map(l -> l.split("\t", -1))
        .map(c -> new Row(c[0], c[1], c[4], c[5], Address.of(c[9])));
  }

  /** One fault a mail, for every finding of the closed list; the name of the file says which. */
  @ParameterizedTest
  @EnumSource(Finding.class)
  void everyFindingHasAMailWithThatOneFault(Finding finding) throws IOException {
    List<Row> rows = rows().filter(r -> r.expect().equals("REJECT:" + finding.code())).toList();

    assertThat(rows).isNotEmpty();
    assertThat(rows)
        .allSatisfy(r -> assertThat(r.file()).startsWith("reject/" + finding.code() + "--"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void opensAsTheManifestSays(Row row) {
    opensAsTheManifestSays(row, OPENER);
  }

  static void opensAsTheManifestSays(Row row, EnvelopeOpener opener) {
    Bytes mail = Bytes.wrap(SamplePki.bytes(FIXTURES.resolve(row.file())));

    Opened opened = opener.open(mail, row.mailbox(), SamplePki.NOW);

    String outcome =
        opened.fold(t -> "ACCEPT", r -> "REJECT:" + r.finding().code() + " " + r.detail());
    assertThat(outcome).startsWith(row.expect());
    List<Finding> all = opened.fold(t -> List.of(), Opened.Refused::all);
    assertThat(all).hasSizeLessThanOrEqualTo(NOT_ALONE.contains(row.file()) ? 2 : 1);
    opened.fold(t -> accepted(row, t), r -> true);
  }

  private static boolean accepted(Row row, Opened.Trusted trusted) {
    Protection expected =
        switch (row.wrapped()) {
          case "rfc822" -> Protection.WRAPPED;
          case "rfc9788" -> Protection.PROTECTED;
          default -> Protection.BARE;
        };
    assertThat(trusted.content().protection()).isEqualTo(expected);
    assertThat(trusted.algorithms().cipher()).isEqualToIgnoringCase(row.cipher());
    return true;
  }
}
