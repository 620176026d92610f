package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every mail in fixtures/borders/BORDERS.tsv (made by src/test/fixtures/borders.py): honest mail
 * that looks odd is opened; of mail with several things wrong all of them are found, and the first
 * one of the list counts.
 */
class BordersTest {

  private static final Path BORDERS = SamplePki.ROOT.resolve("src/test/resources/fixtures/borders");
  private static final EnvelopeOpener OPENER = SamplePki.opener();

  record Row(String file, Address mailbox, String expect, String likeness) {
    @Override
    public String toString() {
      return file + ": " + likeness;
    }
  }

  static Stream<Row> rows() throws IOException {
    return Files.readAllLines(BORDERS.resolve("BORDERS.tsv")).stream()
        .skip(1)
        .map(l -> l.split("\t", -1))
        .map(c -> new Row(c[0], Address.of(c[1]), c[2], c[3]));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void opensOrFindsAllThatIsWrong(Row row) {
    Bytes mail = Bytes.wrap(SamplePki.bytes(BORDERS.resolve(row.file())));

    Opened opened = OPENER.open(mail, row.mailbox(), SamplePki.NOW);

    String detail = opened.fold(t -> "", Opened.Refused::detail);
    String found = opened.fold(t -> "ACCEPT", r -> codes(r.all()));
    String first = opened.fold(t -> "ACCEPT", r -> r.finding().code());
    assertThat(found).as(detail).isEqualTo(row.expect());
    assertThat(row.expect()).startsWith(first);
  }

  private static String codes(List<Finding> findings) {
    return findings.stream().map(Finding::code).collect(Collectors.joining(","));
  }
}
