package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RFC 2045 §5.1 and RFC 2231, as programs write them, and what two readers could read in two ways.
 */
class ContentTypeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text/plain | text/plain {}",
        "Text/PLAIN; Charset=UTF-8 | text/plain {charset=UTF-8}",
        "text/plain; charset=\"utf-8\" | text/plain {charset=utf-8}",
        "text/plain;charset = utf-8 | text/plain {charset=utf-8}",
        "text/plain; charset=utf-8; | text/plain {charset=utf-8}",
        "text/plain;\tcharset\t=utf-8 | text/plain {charset=utf-8}",
        "text/plain;; charset=utf-8;; | text/plain {charset=utf-8}",
        "text/plain; charset= | text/plain {charset=}",
        "text/plain; charset=; a=b | text/plain {a=b, charset=}",
        "text/plain (x) ; (y (z)) a (q) = (r) b (s) | text/plain {a=b}",
        "(x) text/plain | text/plain {}",
        "text/plain (a \\) b) ; a=b | text/plain {a=b}",
        "text/plain (a \\( b) ; a=b | text/plain {a=b}",
        "a/b; c=\"d \\\"e\\\" \\\\f\" | a/b {c=d \"e\" \\f}",
        "a/b; c=\"d;e=f\"; g=h | a/b {c=d;e=f, g=h}",
        "a/b; c=\"\" | a/b {c=}",
        "a/b; c=d(e) | a/b {c=d}",
        "a/b; boundary=----=_Part/1:2? | a/b {boundary=----=_Part/1:2?}",
        "a/b; name*=UTF-8'nl'x%20y+z | a/b {name=x y+z}",
        "a/b; name*=x%20y | a/b {name=x y}",
        "a/b; name*=''x%2 | a/b {name=x%2}",
        "a/b; name*0=x; name*1=y; name*3=z | a/b {name=xy}",
        "a/b; name*1=y; name*0=x | a/b {name=xy}",
        "a/b; name*0*=UTF-8''x%20; name*1*='y'%20; name*2=%20 | a/b {name=x 'y' %20}",
        "a/b; name*=nl'x%20y | a/b {name=nl'x y}",
        "a/b; boundary*0=x; boundary*1=y | a/b {boundary=xy}",
        "a/b; name=plain; name*=''other | a/b {name=plain}",
        "a/b; filename=plain; filename*0=oth; filename*1=er | a/b {filename=plain}",
        "a/b; *=x; c=d | a/b {c=d}",
      })
  void isRead(String value, String expected) throws Fault {
    ContentType type = ContentType.read(value);
    assertThat(type.type() + " " + new TreeMap<>(type.parameters())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "text/",
        "/plain",
        "text plain",
        "text/plain charset=utf-8",
        "text/plain; charset",
        "text/plain; =x",
        "text/plain; a b=c",
        "text /plain",
        "a/b; c=d\u007f",
        "a/b; c=dé",
        "text/plain; a=b c",
        "text/plain; a=\"b",
        "text/plain; a=\"b\\\"",
        "text/plain; a=\"b\\",
        "text/plain (x",
        "text/plain (x (y)",
        "text/plain (x\\)",
        "text/plain (x\\",
        "text/plain; a=b; A=c",
        "a/b; boundary=x; boundary*0=y",
        "a/b; boundary=x; boundary*=''y",
        "té/b",
        "a/b\u007f",
      })
  void isRefused(String value) {
    assertThatThrownBy(() -> ContentType.read(value)).isInstanceOf(Fault.class);
  }

  @Test
  void onlyNamesWeKnowStandInADetail() {
    assertThatThrownBy(() -> ContentType.read("a/b; boundary=x; boundary=y"))
        .hasMessageContaining("boundary");
    assertThatThrownBy(() -> ContentType.read("a/b; protocol=x; protocol=y"))
        .hasMessageContaining("protocol");
    assertThatThrownBy(() -> ContentType.read("a/b; jansen=x; jansen=y"))
        .hasMessageNotContaining("jansen");
  }

  @Test
  void twentyPiecesAndNoMore() throws Fault {
    StringBuilder value = new StringBuilder("a/b");
    for (int i = 0; i < 25; i++) {
      value.append("; name*").append(i).append("=x");
    }
    assertThat(ContentType.read(value.toString()).lower("name")).isEqualTo("x".repeat(20));
  }

  @ParameterizedTest
  @CsvSource({
    "multipart/signed, MS",
    "multipart/mixed, M",
    "application/pkcs7-mime, P",
    "application/x-pkcs7-mime, P",
    "application/pkcs7-signature, G",
    "application/x-pkcs7-signature, G",
    "application/octet-stream, U",
    "message/rfc822, R",
    "message/global, R",
    "message/partial, ''",
    "text/plain, ''",
  })
  void saysWhatItIs(String value, String kinds) throws Fault {
    ContentType type = ContentType.read(value);
    String is =
        (type.isMultipart() ? "M" : "")
            + (type.isSignedMultipart() ? "S" : "")
            + (type.isPkcs7Mime() ? "P" : "")
            + (type.isPkcs7Signature() ? "G" : "")
            + (type.isUntyped() ? "U" : "")
            + (type.isMessage() ? "R" : "");
    assertThat(is).isEqualTo(kinds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "attachment; filename=x.p7m | attachment x.p7m",
        "ATTACHMENT | attachment ''",
        "inline (x); FILENAME=\"X.P7M\" | inline x.p7m"
      })
  void dispositionIsOneWord(String value, String expected) throws Fault {
    ContentType read = ContentType.disposition(value);
    String name = read.lower("filename");
    assertThat(read.type() + " " + (name.isEmpty() ? "''" : name)).isEqualTo(expected);
  }
}
