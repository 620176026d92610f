package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Class ID of {@link JohnnyYouAreFiredTest}: the signature is sound, and Eve's; what is shown is
 * the manager.
 */
class JohnnyByIdentityTest {

  private static final String EVE = "gp/b.smit";
  private static final String MANAGER = "a.devries@praktijk-delinde.example";
  private static final String EVES = "b.smit@praktijk-delinde.example";

  static Stream<String> senders() {
    return Stream.of(
            // I1
            "From: MANAGER\n",
            // I2: what a program shows instead of the address
            "From: \"MANAGER\" <EVE>\n",
            "From: MANAGER <EVE>\n",
            "From: MANAGER                      . <EVE>\n",
            "From: \"MANAGER via EVE\" <EVE>\n",
            "From: EVE <MANAGER>\n",
            "From: EVE                      . <MANAGER>\n",
            "From: =?utf-8?q?a.devries=40praktijk-delinde.example?= <EVE>\n",
            "From: =?utf-8?b?YS5kZXZyaWVzQHByYWt0aWpr?= <EVE>\n",
            "From: =?utf-7?q?a.devries+AEA-praktijk?= <EVE>\n",
            "From: a.devries＠praktijk-delinde.nl <EVE>\n",
            "From: \"\u202eelpmaxe.ednileD@seirved\" <EVE>\n",
            "From: (EVE) MANAGER\n",
            "From: MANAGER (EVE)\n",
            "From: EVE (MANAGER)\n",
            "From: \n",
            "From: <>\n",
            "To: oost@wotschiedam.nl\n",
            "From: A. de Vries\n",
            "From: gp: MANAGER;\n",
            "From: MANAGER: EVE;\n",
            // I3: more than one that could be meant
            "From: MANAGER\nSender: EVE\n",
            "From: EVE\nSender: MANAGER\n",
            "From: MANAGER, EVE\n",
            "From: EVE, MANAGER\n",
            "From: MANAGER\nFrom: EVE\n",
            "From: EVE\nFrom: MANAGER\n",
            "from: EVE\nFROM: MANAGER\n",
            "From : EVE\nFrom: MANAGER\n",
            "From: gp: EVE, MANAGER;\n",
            "From: EVE MANAGER\n",
            "From: <EVE> <MANAGER>\n",
            "From: MANAGER <MANAGER> <EVE>\n",
            // where one reader ends the address, and another does not
            "From: MANAGER\u0000EVE\n",
            "From: EVE\u0000.lek.example\n",
            "From: <EVE>@lek.example\n",
            "From: \"EVE\"@lek.example\n",
            "From: EVE.lek.example\n",
            "From: <@lek.example:EVE>\n",
            "From: x <EVE\n",
            "From: EVE\\\n",
            "From: EV(c)E\n")
        .map(s -> s.replace("MANAGER", MANAGER).replace("EVE", EVES));
  }

  @ParameterizedTest
  @MethodSource("senders")
  void inTheSignedHeader(String header) {
    String inner = Forge.wrapped(header + "Subject: Vraag\n");
    String mail = fromEve(Forge.encrypted(Forge.signed(inner, EVE)), "From: " + EVES + "\r\n");

    assertThat(Forge.verdict(mail)).isNotEqualTo("ACCEPT");
  }

  /** A mail whose signature covers no header: then the outer one is all there is. */
  @ParameterizedTest
  @MethodSource("senders")
  void inTheOuterHeader(String header) {
    String bare = Forge.encrypted(Forge.signed("Content-Type: text/plain\n\nhallo\n", EVE));

    assertThat(Forge.verdict(fromEve(bare, Forge.crlf(header)))).isNotEqualTo("ACCEPT");
  }

  /** The two that must pass, or the others would prove nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"From: EVE\n", "From: \"EVE\" <EVE>\n"})
  void eveAsEve(String header) {
    String eve = header.replace("EVE", EVES);
    String inner = Forge.wrapped(eve + "Subject: Vraag\n");
    String bare = Forge.encrypted(Forge.signed("Content-Type: text/plain\n\nhallo\n", EVE));

    assertThat(Forge.verdict(fromEve(Forge.encrypted(Forge.signed(inner, EVE)), Forge.crlf(eve))))
        .isEqualTo("ACCEPT");
    assertThat(Forge.verdict(fromEve(bare, Forge.crlf(eve)))).isEqualTo("ACCEPT");
  }

  /**
   * I2, only a name: a name alone proves nothing and nobody can refuse it. What counts, and is
   * shown, is the address of the certificate.
   */
  @Test
  void anotherPersonsNameIsNotTheSigner() {
    String header = "From: A. de Vries <" + EVES + ">\n";
    String mail =
        fromEve(
            Forge.encrypted(Forge.signed(Forge.wrapped(header + "Subject: Vraag\n"), EVE)),
            Forge.crlf(header));

    Signer signer = SealAndOpenTest.trusted(Forge.open(mail)).signer();
    assertThat(signer.address()).hasToString(EVES);
    assertThat(signer.name()).isEqualTo("B. Smit");
  }

  @Test
  void replyToThatTheSignerDidNotSign() {
    String mail =
        Forge.honest().replace("Subject: [...]", "Reply-To: post@lek.example\r\nSubject: [...]");

    assertThat(Forge.verdict(mail)).isEqualTo("header-mismatch");
  }

  private String fromEve(String mail, String header) {
    assertThat(mail).contains("From: " + MANAGER + "\r\n");
    return mail.replaceFirst("From: " + MANAGER + "\r\n", Matcher.quoteReplacement(header));
  }
}
