package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code wotpoort cert validate} with the sample certificates. */
class CertTest {

  private static final Path SAMPLE = TestHome.REPOSITORY.resolve("certs-sample");

  private static Typed validate(String leaf, String... more) {
    List<String> words = new ArrayList<>(List.of("cert", "validate", sample("gp/" + leaf)));
    words.add(sample("ca/zorg-issuing.pem"));
    words.addAll(List.of("--anchors", sample("ca/zorg-root.pem")));
    words.addAll(
        List.of("--crl", sample("ca/zorg-root.crl.pem"), sample("ca/zorg-issuing.crl.pem")));
    words.addAll(List.of(more));
    return Typed.command(words.toArray(String[]::new));
  }

  private static String sample(String name) {
    return SAMPLE.resolve(name).toString();
  }

  @Test
  void aGoodOne() {
    Typed typed = validate("a.devries.pem");
    assertThat(typed.exit()).isZero();
    assertThat(typed.out())
        .contains("Het certificaat is geldig", "  keten: CN=A. de Vries", "CN=Zorg sample root");
  }

  @Test
  void aRevokedAnExpiredAndAStranger() {
    assertThat(finding(validate("ingetrokken.pem", "--json"))).isEqualTo("signer-revoked");
    assertThat(finding(validate("verlopen.pem", "--json"))).isEqualTo("signer-expired");
    assertThat(finding(validate("onbekend.pem", "--json"))).isEqualTo("signer-untrusted");
    assertThat(validate("ingetrokken.pem").out()).contains("geweigerd [signer-revoked]");
  }

  private static String finding(Typed typed) {
    assertThat(typed.exit()).isEqualTo(1);
    JsonNode json = typed.json().get(0);
    assertThat(json.path("verdict").asText()).isEqualTo("REJECT");
    return json.path("finding").asText();
  }

  @Test
  void beforeItWasRevokedItIsExpiredListsThatCount() {
    assertThat(validate("verlopen.pem", "--at", "2025-01-01", "--no-revocation").exit()).isZero();
  }

  @Test
  void inAnyOrderAndWithTheAnchorAlong() {
    Typed typed =
        Typed.command(
            "cert",
            "validate",
            sample("ca/zorg-root.pem"),
            sample("ca/zorg-issuing.pem"),
            sample("gp/b.smit.pem"),
            "--no-revocation",
            "--anchors",
            sample("ca/zorg-root.pem"));
    assertThat(typed.exit()).as(typed.all()).isZero();
  }

  @Test
  void policies() {
    assertThat(finding(validate("a.devries.pem", "--json", "--explicit-policy")))
        .isEqualTo("signer-untrusted");
    assertThat(validate("a.devries.pem", "--policy", "geen-oid").err())
        .contains("\"geen-oid\" is geen OID");
  }

  @Test
  void withoutListsNobodyLooksAndItSaysSo() {
    Typed typed =
        Typed.command(
            "cert",
            "validate",
            sample("gp/a.devries.pem"),
            sample("ca/zorg-issuing.pem"),
            "--json",
            "--anchors",
            sample("ca/zorg-root.pem"));
    assertThat(typed.exit()).isZero();
    assertThat(typed.json().get(0).path("finding").asText()).isEqualTo("accept");
    assertThat(typed.json().get(0).path("revocation").asText()).isEqualTo("not-checked");
  }

  @Test
  void aFileThatIsNoCertificate() {
    Typed typed =
        Typed.command(
            "cert", "validate", sample("README.md"), "--anchors", sample("ca/zorg-root.pem"));
    assertThat(typed.exit()).isEqualTo(2);
    assertThat(typed.err())
        .contains("README.md", "Hier hoort een certificaat")
        .doesNotContain("\tat ");
    Typed list = validate("a.devries.pem", "--crl", sample("ca/zorg-root.pem"));
    assertThat(list.exit()).isEqualTo(2);
    assertThat(list.err()).contains("zorg-root.pem", "Bij --crl hoort een intrekkingslijst");
  }

  @Test
  void whatIsMissingInBetweenIsSaid() {
    String root = sample("ca/zorg-root.pem");
    String leaf = sample("gp/a.devries.pem");
    Typed typed = Typed.command("cert", "validate", leaf, "--anchors", root);
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.out()).contains("Wat te doen: noem ook de certificaten tussen");
  }

  @Test
  void aMistypedOptionIsNoFileOfTheOneBeforeIt() {
    Typed typed = validate("a.devries.pem", "--polcy", "1.2.3");
    assertThat(typed.exit()).isEqualTo(2);
    assertThat(typed.err()).contains("--polcy").doesNotContain("dit bestand is er niet");
  }
}
