package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import nl.wotpoort.letter.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every mail in fixtures/forms/FORMS.tsv (made by src/test/fixtures/forms.py with the openssl
 * command): honest mail in every dress programs and relays give it is opened, and mail with one
 * thing wrong is refused for that thing.
 */
class FormsTest {

  private static final Path FORMS = SamplePki.ROOT.resolve("src/test/resources/fixtures/forms");
  private static final EnvelopeOpener OPENER = SamplePki.opener();

  record Row(String file, String expect, String likeness) {
    @Override
    public String toString() {
      return file + ": " + likeness;
    }
  }

  static Stream<Row> rows() throws IOException {
    return Files.readAllLines(FORMS.resolve("FORMS.tsv")).stream()
        .skip(1)
        .map(l -> l.split("\t", -1))
        .map(c -> new Row(c[0], c[1], c[2]));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void opensOrIsRefusedForWhatIsWrong(Row row) {
    Bytes mail = Bytes.wrap(SamplePki.bytes(FORMS.resolve(row.file())));

    Opened opened = OPENER.open(mail, SamplePki.OOST, SamplePki.NOW);

    String outcome = opened.fold(t -> "ACCEPT", r -> r.finding().code() + " (" + r.detail() + ")");
    assertThat(outcome).matches(o -> o.equals(row.expect()) || o.startsWith(row.expect() + " ("));
  }
}
