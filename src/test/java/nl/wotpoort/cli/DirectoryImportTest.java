package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code wotpoort directory import}: a municipality's list of staff as a diff to confirm. */
class DirectoryImportTest {

  private static final String HEADINGS =
      "Personeelsnr;Voornaam;Tussenvoegsel;Achternaam;Werkgever;Wijkteam;E-mail;Postvak;"
          + "Certificaat;Mobiel;Expertise;Max zaken;Werkdagen;Uit dienst\r\n";

  /** As w301 stands in the sample files, but for the phone and the number of cases. */
  private static final String FATMA =
      "301;Fatma;;Yılmaz;Minters;WOT Groenoord;f.yilmaz@wotschiedam.nl;"
          + "f.yilmaz@intern.wotschiedam.nl;;06 5550 0999;Schuldhulp, Inkomen;9;ma di wo do;\r\n";

  private static final String NEW =
      "305;Noor;van der;Meer;MEE;WOT Oost;;;;=\"0612345678\";wonen;6;maandag/dinsdag;31-12-2027\r\n";

  @TempDir private Path folder;
  private TestHome home;
  private Path mapping;

  @BeforeEach
  void install() throws Exception {
    home = TestHome.in(folder);
    mapping = folder.resolve("mapping.yaml");
    Files.copy(TestHome.REPOSITORY.resolve("docs/staff-mapping.example.yaml"), mapping);
  }

  private Typed take(String table, Charset charset, String... more) throws Exception {
    Path file = folder.resolve("personeel.csv");
    Files.write(file, table.replace(" di wo do;", ",di,wo,do;").getBytes(charset));
    List<String> words =
        new ArrayList<>(
            List.of("directory", "import", file.toString(), "--mapping", mapping.toString()));
    words.addAll(List.of(more));
    return home.type(words.toArray(String[]::new));
  }

  private String directory() throws Exception {
    return Files.readString(folder.resolve("routes/directory.yaml"));
  }

  @Test
  void theChangesAreShownAndWrittenOnlyWhenConfirmed() throws Exception {
    String before = directory();
    Typed shown = take(HEADINGS + FATMA + NEW, StandardCharsets.UTF_8);
    assertThat(shown.exit()).as(shown.all()).isEqualTo(1);
    assertThat(shown.out())
        .contains(
            "~ worker w301: phone, capacity",
            "w301 phone: \"06 5550 0131\" -> \"06 5550 0999\"",
            "w301 capacity: 12 -> 9",
            "+ worker w305",
            "w305: Noor van der Meer, oost",
            "niet in de lijst: w401",
            "2 wijziging(en). Er is niets geschreven");
    assertThat(directory()).isEqualTo(before);

    Typed written = take(HEADINGS + FATMA + NEW, StandardCharsets.UTF_8, "--confirm");
    assertThat(written.exit()).as(written.all()).isZero();
    assertThat(directory())
        .contains("    phone: \"06 5550 0999\"\n", "    capacity: 9\n", "# kerstvakantie")
        .contains(
            "  - id: w305\n    name: Noor van der Meer\n    organisation: MEE\n    team: oost\n"
                + "    phone: \"0612345678\"\n    expertise: [wonen]\n    capacity: 6\n"
                + "    officeDays: [ma, di]\n    endDate: 2027-12-31\n");
    assertThat(withoutNew(directory())).isEqualTo(withoutNew(before));
    assertThat(home.type("routes", "check").exit()).isZero();
    assertThat(take(HEADINGS + FATMA + NEW, StandardCharsets.UTF_8).out())
        .contains("De lijst verandert niets.");
  }

  /** Every line that was there is still there, but for the two that changed. */
  private static List<String> withoutNew(String text) {
    int from = text.indexOf("\n\n  - id: w305");
    int until = from < 0 ? from : text.indexOf("\n\n#", from);
    String rest = from < 0 ? text : text.substring(0, from) + text.substring(until);
    return rest.lines()
        .filter(line -> !line.contains("06 5550 0") && !line.matches("    capacity: (9|12)"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"windows-1252,;", "UTF-8,','", "UTF-16,;", "BOM,;", "SEP,;"})
  void asSpreadsheetsSaveIt(String how, String delimiter) throws Exception {
    String table =
        HEADINGS + FATMA.replace("Yılmaz", "Çelik-Müller").replace(", Inkomen", "/Inkomen");
    String text = table.replace(" di wo do;", "/di/wo/do;").replace(";", delimiter);
    Typed typed =
        switch (how) {
          case "BOM" -> take("\uFEFF" + text, StandardCharsets.UTF_8);
          case "SEP" -> take("sep=;\r\n" + text, StandardCharsets.UTF_8);
          default -> take(text, Charset.forName(how));
        };
    assertThat(typed.out())
        .as(typed.all())
        .contains("~ worker w301: name, phone, capacity", "Fatma Çelik-Müller");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "06 5550 0999|655500999|\"655500999\" in kolom J (Mobiel): Excel liet de nul vooraan weg.",
        "06 5550 0999|6,12E+08|macht van tien",
        "WOT Groenoord|WOT Kethel|\"WOT Kethel\" in kolom F (Wijkteam) is geen team uit directory.yaml.",
        "Schuldhulp|Tuinieren|\"Tuinieren\" in kolom K (Expertise) is geen deskundigheid",
        ";9;|;negen;|\"negen\" in kolom L (Max zaken) is geen aantal zaken.",
        "ma di wo do;|ma di wo do;31-02-2027|kolom N (Uit dienst) is geen datum",
        "f.yilmaz@wotschiedam.nl|f.yilmaz|kolom G (E-mail) is geen mailadres",
        "301;|;|Deze regel heeft geen id"
      })
  void whatIsWrongNamesLineAndColumn(String old, String wrong, String said) throws Exception {
    String before = directory();
    // a cell with a line break in front: the line is that of the file
    String first = NEW.replace("Meer", "\"Me\r\ner\"");
    Typed typed =
        take(HEADINGS + first + FATMA.replace(old, wrong), StandardCharsets.UTF_8, "--confirm");
    assertThat(typed.exit()).as(typed.all()).isEqualTo(2);
    assertThat(typed.err()).contains("personeel.csv:4:", said);
    assertThat(directory()).isEqualTo(before);
  }

  @Test
  void aNewDeliveryAddressNeedsItsCertificate() throws Exception {
    String without = NEW.replace("WOT Oost;;;;", "WOT Oost;;noor@intern.wotschiedam.nl;;");
    assertThat(take(HEADINGS + without, StandardCharsets.UTF_8).out())
        .contains("personeel.csv:2: Medewerker w305 krijgt afleveradres", "+ worker w305")
        .doesNotContain("w305 delivery");
    String with =
        NEW.replace(
            "WOT Oost;;;;", "WOT Oost;;noor@intern.wotschiedam.nl;certs-sample/team/s.jansen.pem;");
    assertThat(take(HEADINGS + with, StandardCharsets.UTF_8, "--confirm").exit()).isZero();
    assertThat(directory())
        .contains(
            "    delivery: {address: noor@intern.wotschiedam.nl, certificates:"
                + " [certs-sample/team/s.jansen.pem]}\n");
  }

  @Test
  void twiceTheSameAndAColumnThatIsNotThere() throws Exception {
    assertThat(take(HEADINGS + NEW + NEW, StandardCharsets.UTF_8).err())
        .contains("personeel.csv:3: Medewerker w305 staat meer dan één keer in de lijst.");
    assertThat(take(HEADINGS.replace("Mobiel", "Tel") + NEW, StandardCharsets.UTF_8).err())
        .contains("personeel.csv:1: De lijst heeft geen kolom \"Mobiel\".");
    assertThat(take(HEADINGS + "305;\"Noor", StandardCharsets.UTF_8).err())
        .contains("personeel.csv:2");
    assertThat(take(HEADINGS + "306;Jo;;Nee;;;;;;;;;;\r\n", StandardCharsets.UTF_8).err())
        .contains("personeel.csv:2: Deze medewerker is nieuw, en de lijst zegt niets over:");
    Files.writeString(mapping, "colums:\n  id: X\n");
    assertThat(take(HEADINGS + NEW, StandardCharsets.UTF_8).err())
        .contains("mapping.yaml:1: ", "Bedoelde u");
  }

  /** A comment that would be lost stops the import; nothing is written. */
  @Test
  void whatCannotBeChangedWithoutLosingACommentIsSaid() throws Exception {
    home.replace(
        "routes/directory.yaml",
        "    expertise: [schulden, werk-en-inkomen]\n    capacity: 12\n",
        "    expertise:\n      - schulden   # opleiding loopt\n      - wonen\n    capacity: 12\n");
    Typed typed = take(HEADINGS + FATMA, StandardCharsets.UTF_8, "--confirm");
    assertThat(typed.exit()).isEqualTo(2);
    assertThat(typed.err()).contains("directory.yaml:", "w301 (regel 2 van de lijst)");
    assertThat(directory()).contains("# opleiding loopt");
  }
}
