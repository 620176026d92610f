package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers' certificates: taken in, held for approval, approved, retired. */
class CertBookTest {

  private static final Path GP = TestHome.REPOSITORY.resolve("certs-sample/gp");

  @TempDir private Path folder;
  private TestHome home;

  @BeforeEach
  void settle() throws IOException {
    home = TestHome.in(folder.resolve("thuis"));
  }

  private static byte[] der(String name) throws IOException {
    String pem = Files.readString(GP.resolve(name + ".pem"));
    int from = pem.indexOf("-----BEGIN CERTIFICATE-----") + 27;
    return Base64.getMimeDecoder().decode(pem.substring(from, pem.indexOf("-----END", from)));
  }

  private Typed importing(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, content);
    return home.type("cert", "import", "--json", file.toString());
  }

  @Test
  void fromFileToApprovedToRetired() throws IOException {
    JsonNode taken = importing("smit.der", der("b.smit")).json().get(0);
    assertThat(taken.path("state").asText()).isEqualTo("PENDING");
    assertThat(taken.path("address").asText()).isEqualTo("b.smit@praktijk-delinde.example");
    String id = taken.path("id").asText();
    assertThat(importing("smit.der", der("b.smit")).err()).contains("was er al");
    assertThat(home.type("cert", "list").out()).contains(id, "wacht", "[accept]");

    assertThat(home.type("cert", "approve", id).exit()).isZero();
    assertThat(
            folder.resolve("thuis/certs/approved/b.smit@praktijk-delinde.example/" + id + ".pem"))
        .exists();
    assertThat(home.type("cert", "list", "--pending").out()).isEmpty();
    assertThat(home.type("check").exit()).isZero();

    assertThat(home.type("cert", "retire", id).exit()).isZero();
    assertThat(home.type("cert", "list").out()).isEmpty();
    assertThat(home.type("cert", "list", "--retired").out()).contains(id, "afgevoerd");
    assertThat(home.type("cert", "retire", id).exit()).isEqualTo(1);
  }

  /** Mail to a practice is sealed for another certificate: said at once, and once. */
  @Test
  void whatIsApprovedForAPracticeIsAnAlertAtOnceAndNotAgainAtTheNextActivation()
      throws IOException {
    assertThat(home.type("routes", "activate").exit()).isZero();
    String id = importing("smit.der", der("b.smit")).json().get(0).path("id").asText();
    assertThat(home.type("alerts").out()).doesNotContain("b.smit");
    assertThat(home.type("cert", "approve", id).exit()).isZero();
    assertThat(home.type("alerts").out()).containsOnlyOnce("~ certificate b.smit@praktijk-delinde");
    home.type("routes", "activate");
    assertThat(home.type("alerts").out()).containsOnlyOnce("~ certificate b.smit@praktijk-delinde");
  }

  /** ldapsearch writes lines of 76 characters; what is no certificate stands beside it. */
  @Test
  void fromADirectoryExport() throws IOException {
    String one = Base64.getEncoder().encodeToString(der("a.devries"));
    String two = Base64.getEncoder().encodeToString(der("c.dejong"));
    String ldif =
        "dn: cn=A,o=zorg\nmail: a@x.example\njpegPhoto:: "
            + "MIIabcd".repeat(60)
            + "\nuserCertificate;binary:: "
            + one.replaceAll("(.{76})", "$1\n ")
            + "\n\n";
    assertThat(addresses(importing("gids.ldif", ldif.getBytes(StandardCharsets.US_ASCII))))
        .containsExactly("a.devries@praktijk-delinde.example");
    String csv = "naam;certificaat\nA;" + one + "\n\"C\";\"" + two + "\"\n";
    assertThat(addresses(importing("gids.csv", csv.getBytes(StandardCharsets.US_ASCII))))
        .containsExactly("c.dejong@praktijk-maasoever.example");
  }

  private static List<String> addresses(Typed typed) {
    assertThat(typed.exit()).as(typed.all()).isZero();
    return typed.json().stream().map(line -> line.path("address").asText()).toList();
  }

  @Test
  void whatCannotBeTrustedIsNotApproved() throws IOException {
    assertThat(importing("verlopen.der", der("verlopen")).exit()).isEqualTo(1);
    JsonNode strange = importing("onbekend.der", der("onbekend")).json().get(0);
    Typed typed = home.type("cert", "approve", strange.path("id").asText());
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.err()).contains("niet goedgekeurd [signer-untrusted]");
    assertThat(importing("x.pem", new byte[] {'x'}).exit()).isEqualTo(2);
  }

  @Test
  void harvestedOnlyFromAMailThatVerified() {
    Path fixtures = TestHome.FIXTURES;
    Typed good =
        home.type(
            "cert",
            "harvest",
            "--json",
            fixtures.resolve("accept/openssl-aes-128-gcm.eml").toString());
    assertThat(good.exit()).as(good.all()).isZero();
    assertThat(good.json().get(0).path("state").asText()).isEqualTo("PENDING");
    Typed bad =
        home.type(
            "cert",
            "harvest",
            fixtures.resolve("reject/header-mismatch--other-date.eml").toString());
    assertThat(bad.exit()).isEqualTo(1);
    assertThat(bad.err()).contains("[header-mismatch]");
  }
}
