package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wotpoort.letter.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The outer header beside the signed one, field by field; every row has one thing that differs.
 * Fields are divided by " | ", and each header has the From it would have.
 */
class HeaderComparisonTest {

  private static final String FROM = "From: a@b.nl";

  /** How the signed header stands there. */
  private enum Form {
    WRAPPED("Content-Type: message/rfc822\r\n\r\n", ""),
    PROTECTED("", "Content-Type: text/plain; hp=cipher\r\n"),
    BARE("", "Content-Type: text/plain\r\n");

    private final String before;
    private final String behind;

    Form(String before, String behind) {
      this.before = before;
      this.behind = behind;
    }
  }

  private static Arguments same(Form form, String inside, String outside) {
    return Arguments.of(form, inside, outside, "");
  }

  private static Arguments differs(Form form, String inside, String outside, String field) {
    return Arguments.of(form, inside, outside, field);
  }

  static Stream<Arguments> addresses() {
    return Stream.of(
        same(Form.WRAPPED, "To: c@d.nl", "To: c@d.nl"),
        same(Form.WRAPPED, "To: c@d.nl", ""),
        same(Form.WRAPPED, "To: c@d.nl", "To: undisclosed-recipients:;"),
        same(Form.WRAPPED, "To: c@d.nl, e@d.nl", "To: e@d.nl | To: C@D.NL"),
        differs(Form.WRAPPED, "To: c@d.nl", "To: \"c d\"@d.nl", "To"),
        differs(Form.WRAPPED, "To: c@d.nl", "To: c@d.nl, <", "To"),
        same(Form.WRAPPED, "To: \"c d\"@d.nl", "To: \"c  d\"@d.nl"),
        differs(Form.WRAPPED, "To: c@d.nl", "To: c@d.nl | Cc: x@y.nl", "Cc"),
        same(Form.WRAPPED, "To: c@d.nl", "To: c@d.nl | Cc: undisclosed-recipients:;"),
        same(Form.WRAPPED, "", "To: c@d.nl | Cc: x@y.nl"),
        same(Form.PROTECTED, "To: c@d.nl | HP-Outer: Cc: x@y.nl", "To: c@d.nl | Cc: x@y.nl"),
        differs(Form.PROTECTED, "To: c@d.nl | HP-Outer: Cc: x@y.nl", "Cc: z@y.nl", "Cc"),
        same(Form.BARE, "To: c@d.nl", "To: c@d.nl | Cc: x@y.nl"),
        same(Form.PROTECTED, "To: c@d.nl | HP-Outer: To: x@y.nl", "To: x@y.nl"),
        differs(
            Form.PROTECTED, "To: c@d.nl | HP-Outer: To: x@y.nl", "To: x@y.nl | To: z@y.nl", "To"),
        differs(Form.WRAPPED, "To: c@d.nl | HP-Outer: To: x@y.nl", "To: x@y.nl", "To"),
        differs(Form.PROTECTED, "HP-Outer: From: x@y.nl", "From: x@y.nl", "From"));
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        same(Form.WRAPPED, "Message-ID: <1@b.nl>", "Message-ID: <1@b.nl>"),
        same(Form.WRAPPED, "Message-ID: <1@b.nl>", ""),
        same(Form.WRAPPED, "", "Message-ID: <1@b.nl>"),
        differs(Form.WRAPPED, "Message-ID: <1@b.nl>", "Message-ID: <1@B.nl>", "Message-ID"),
        differs(
            Form.WRAPPED,
            "Message-ID: <1@b.nl>",
            "Message-ID: <1@b.nl> | Message-ID: <2@b.nl>",
            "Message-ID"),
        differs(
            Form.WRAPPED,
            "Message-ID: <1@b.nl> | Message-ID: <2@b.nl>",
            "Message-ID: <1@b.nl>",
            "Message-ID"),
        same(
            Form.PROTECTED,
            "Message-ID: <1@b.nl> | HP-Outer: Message-ID: <2@b.nl>",
            "Message-ID: <2@b.nl>"));
  }

  static Stream<Arguments> dates() {
    String summer = "Mon, 15 Jun 2026 09:30:00 +0200";
    return Stream.of(
        same(Form.WRAPPED, "Date: " + summer, "Date: Mon, 15 Jun 2026 07:30:00 GMT"),
        same(Form.WRAPPED, "Date: " + summer, "Date: Mon, 15 Jun 2026 07:30:00 UT"),
        same(Form.WRAPPED, "Date: " + summer, "Date: 15 Jun 2026 07:30 UTC"),
        same(Form.WRAPPED, "Date: " + summer, "Date: mon, 15 jun 2026 07:30:00 z"),
        same(Form.WRAPPED, "Date: " + summer, "Date: Mon, 15 Jun 2026 03:30:00 EDT"),
        same(Form.WRAPPED, "Date: " + summer, "Date: Mon, 15 Jun 2026 00:30:00 PDT"),
        same(Form.WRAPPED, "Date: " + summer, "Date: " + summer + " (zomer (MEZT)tijd)"),
        differs(Form.WRAPPED, "Date: " + summer, "Date: Mon, 15 Jun 2026 03:30:00 EST", "Date"),
        differs(Form.WRAPPED, "Date: " + summer, "Date: Mon, 15 Jun 2026 07:30:00 XYZ", "Date"),
        differs(Form.WRAPPED, "Date: " + summer, "Date: Sun, 15 Jun 2026 07:30:00 UT", "Date"),
        differs(Form.WRAPPED, "Date: " + summer, "Date: ((((" + summer + "))))", "Date"),
        same(Form.WRAPPED, "Date: " + summer, "Date: " + summer + " (((x)))"),
        differs(Form.WRAPPED, "Date: " + summer, "Date: " + summer + " ((((x))))", "Date"),
        differs(Form.WRAPPED, "Date: " + summer, "Date: (leeg)", "Date"),
        same(Form.WRAPPED, "Date: " + summer, ""),
        same(Form.WRAPPED, "", "Date: " + summer),
        same(Form.WRAPPED, "Date: vandaag", "Date: vandaag"),
        differs(Form.WRAPPED, "Date: vandaag", "Date: morgen", "Date"),
        differs(Form.WRAPPED, "Date: " + summer, "Date: vandaag", "Date"),
        differs(Form.WRAPPED, "Date: " + summer, "Date: " + summer + " | Date: morgen", "Date"),
        differs(Form.WRAPPED, "Date: " + summer + " | Date: morgen", "Date: " + summer, "Date"),
        same(Form.PROTECTED, "Date: " + summer + " | HP-Outer: Date: morgen", "Date: morgen"));
  }

  static Stream<Arguments> subjects() {
    return Stream.of(
        same(Form.WRAPPED, "Subject: x", "Subject: x"),
        same(Form.WRAPPED, "Subject: x", ""),
        same(Form.WRAPPED, "Subject: x  y", "Subject: x \ty"),
        differs(Form.WRAPPED, "Subject: x y", "Subject: xy", "Subject"),
        same(Form.WRAPPED, "Subject: x", "Subject: [...]"),
        same(Form.WRAPPED, "", "Subject: [...]"),
        differs(Form.WRAPPED, "", "Subject: y", "Subject"),
        same(Form.BARE, "", "Subject: y"),
        same(Form.BARE, "", "Subject: y | Subject: z"),
        differs(Form.BARE, "Subject: x", "Subject: y", "Subject"),
        differs(Form.WRAPPED, "Subject: x", "Subject: x | Subject: y", "Subject"),
        differs(Form.WRAPPED, "Subject: x | Subject: y", "Subject: x", "Subject"),
        same(Form.PROTECTED, "Subject: x | HP-Outer: Subject: y", "Subject: y"),
        differs(Form.BARE, "Subject: x | HP-Outer: Subject: y", "Subject: y", "Subject"));
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        same(Form.WRAPPED, "Reply-To: r@b.nl", ""),
        same(Form.WRAPPED, "Reply-To: r@b.nl", "Reply-To: r@b.nl"),
        same(Form.WRAPPED, "", "Reply-To: A@b.nl"),
        differs(Form.WRAPPED, "", "Reply-To: r@b.nl", "Reply-To"),
        differs(Form.WRAPPED, "Reply-To: r@b.nl", "Reply-To: s@b.nl", "Reply-To"),
        differs(Form.WRAPPED, "Reply-To: r@b.nl", "Reply-To: r@b.nl, s@b.nl", "Reply-To"),
        differs(Form.BARE, "Reply-To: r@b.nl", "Reply-To: r@b.nl", "Reply-To"),
        same(Form.BARE, "", "Reply-To: a@b.nl"));
  }

  @ParameterizedTest(name = "{0}: {1} // {2}")
  @MethodSource({"addresses", "texts", "dates", "subjects", "answers"})
  void saysWhichFieldDiffers(Form form, String inside, String outside, String field) throws Fault {
    Entity outer = entity(header(outside));
    Entity signed = entity(form.before + header(inside) + form.behind);
    ProtectedHeader header = ProtectedHeader.of(signed, outer.fields(), Limits.defaults());

    Optional<Fault> fault = compared(header, outer);

    assertThat(header.protection().name()).isEqualTo(form.name());
    assertThat(fault.map(Fault::detail).orElse("")).startsWith(field);
    assertThat(fault.isPresent()).isEqualTo(!field.isEmpty());
    fault.ifPresent(f -> assertThat(f.finding()).isEqualTo(Finding.HEADER_MISMATCH));
  }

  /** RFC 2046 §5.2.1; the body could be read all the same. */
  @Test
  void aWrappedMailIsNotEncoded() throws Fault {
    Entity signed =
        entity(
            "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + FROM
                + "\r\n");
    assertThatThrownBy(() -> ProtectedHeader.of(signed, List.of(), Limits.defaults()))
        .isInstanceOfSatisfying(
            Fault.class, f -> assertThat(f.finding()).isEqualTo(Finding.MALFORMED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/signed; boundary=b",
        "application/pkcs7-mime",
        "application/x-pkcs7-mime",
        "multipart/encrypted; boundary=b"
      })
  void signedOrEncryptedOnceMore(String type) throws Fault {
    for (String around : List.of("", "Content-Type: message/rfc822\r\n\r\n")) {
      Entity signed = entity(around + FROM + "\r\nContent-Type: " + type + "\r\n");
      assertThatThrownBy(() -> ProtectedHeader.of(signed, List.of(), Limits.defaults()))
          .isInstanceOfSatisfying(
              Fault.class, f -> assertThat(f.finding()).isEqualTo(Finding.MALFORMED));
    }
  }

  private static Optional<Fault> compared(ProtectedHeader header, Entity outer) {
    try {
      header.compare(outer.fields(), HeaderRules.defaults());
      return Optional.empty();
    } catch (Fault fault) {
      return Optional.of(fault);
    }
  }

  private static String header(String fields) {
    List<String> lines = new ArrayList<>(List.of(fields.split(" \\| ")));
    if (!fields.startsWith("From: ")) {
      lines.add(FROM);
    }
    return lines.stream().filter(l -> !l.isEmpty()).collect(Collectors.joining("\r\n")) + "\r\n";
  }

  private static Entity entity(String text) throws Fault {
    return Entity.read(Bytes.of(text + "\r\n", StandardCharsets.UTF_8), Limits.defaults());
  }
}
