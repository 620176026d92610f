package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import nl.wotpoort.letter.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How an entity is cut into fields and body, its body decoded, and a multipart cut into parts. */
class EntityTest {

  private static final Limits LIMITS = Limits.defaults();

  private static Bytes bytes(String text) {
    return Bytes.of(written(text), StandardCharsets.ISO_8859_1);
  }

  /** "↵" for CRLF, "¶" for LF, "®" for CR, "∅" for NUL, "·" for a blank at an end. */
  private static String written(String text) {
    return text.replace("↵", "\r\n")
        .replace('¶', '\n')
        .replace('®', '\r')
        .replace('∅', '\0')
        .replace('·', ' ')
        .replace('→', '\t');
  }

  private static String shown(Bytes bytes) {
    return bytes
        .decode(StandardCharsets.ISO_8859_1)
        .replace("\r\n", "↵")
        .replace('\n', '¶')
        .replace('\r', '®');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A: b↵↵c | A=b // c",
        "A: b¶¶c | A=b // c",
        "A: b↵¶c | A=b // c",
        "A:b↵C:·d··↵↵ | A=b & C=d //",
        "A: b↵→c↵·d↵↵e | A=b→c d // e",
        "A:↵·b↵↵ | A=b //",
        "A: b↵·↵↵c | A=b // c",
        "A: b↵ | A=b //",
        "A: b | A=b //",
        "A: | A= //",
        "A: b↵c: d↵↵↵e | A=b & c=d // ↵e",
        "↵A: b | // A: b",
        "¶A: b | // A: b",
        "A: b¶↵c®d | A=b // c®d",
      })
  void isCut(String text, String expected) throws Fault {
    Entity entity = Entity.read(bytes(text), LIMITS);
    String fields =
        entity.fields().stream()
            .map(f -> f.name() + "=" + f.value().replace('\t', '→'))
            .collect(Collectors.joining(" & "));
    assertThat((fields + " // " + shown(entity.body())).strip()).isEqualTo(expected);
    assertThat(entity.whole()).isEqualTo(bytes(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "A b: c↵↵",
        "A : b↵↵",
        ": b↵↵",
        "A",
        "·A: b↵↵",
        "A: b∅↵↵",
        "A: b®c↵↵",
        "A: b↵·c®d↵↵",
        "A: b®®¶↵",
        "Ä: b↵↵",
        "A\u007f: b↵↵",
        "A: b↵c",
      })
  void isRefused(String text) {
    assertThatThrownBy(() -> Entity.read(bytes(text), LIMITS))
        .isInstanceOfSatisfying(
            Fault.class, f -> assertThat(f.finding()).isEqualTo(Finding.MALFORMED));
  }

  @Test
  void aHeaderHasItsLimits() throws Fault {
    Limits small = new Limits(1000, 20, 3, 2, 9, 9, 9, 9, 9, 9);
    assertThat(Entity.read(bytes("A: b↵A: b↵A: b↵↵"), small).fields()).hasSize(3);
    assertTooLarge("A: b↵A: b↵A: b↵A: b↵↵", small);
    assertThat(Entity.read(bytes("A: " + "b".repeat(13) + "↵↵"), small).fields()).hasSize(1);
    assertTooLarge("A: " + "b".repeat(14) + "↵↵", small);
    assertTooLarge("A: bbbbbbb↵·bbbbbbb↵·b↵↵", small);
  }

  private static void assertTooLarge(String text, Limits limits) {
    assertThatThrownBy(() -> Entity.read(bytes(text), limits))
        .isInstanceOfSatisfying(
            Fault.class, f -> assertThat(f.finding()).isEqualTo(Finding.TOO_LARGE));
  }

  @Test
  void aFieldStandsOnce() throws Fault {
    Entity entity = Entity.read(bytes("A: b↵a: c↵D: e↵↵"), LIMITS);
    assertThat(entity.all("A")).containsExactly("b", "c");
    assertThat(entity.only("d")).hasValue("e");
    assertThat(entity.only("x")).isEmpty();
    assertThatThrownBy(() -> entity.only("a")).isInstanceOf(Fault.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Content-Disposition: attachment; filename=\"A.P7M\" | a.p7m",
        "Content-Type: a/b; name=B.p7m | b.p7m",
        "Content-Type: a/b; name=B.p7m↵Content-Disposition: attachment | b.p7m",
        "Content-Type: a/b; name=B.p7m↵Content-Disposition: attachment; filename=c.p7m | c.p7m",
        "Content-Type: a/b; name=B.p7m↵Content-Disposition: ;;= | b.p7m",
        "Content-Type: a/b | ``",
        "X: y | ``",
      })
  void itsFileName(String header, String name) throws Fault {
    assertThat(Entity.read(bytes(header + "↵↵"), LIMITS).fileName()).isEqualTo(name);
  }

  @Test
  void withoutATypeItIsText() throws Fault {
    assertThat(Entity.read(bytes("X: y↵↵"), LIMITS).contentType().type()).isEqualTo("text/plain");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "7bit | a=62 | a=62",
        "8BIT | a | a",
        "binary (x) | a¶b | a¶b",
        "quoted-printable | a=62c | abc",
        "quoted-printable | a=↵b=·→↵c=¶d | abcd",
        "quoted-printable | a=7E=7e= | a~~",
        "quoted-printable | a= | a",
        "base64 | YQ== | a",
        "base64 | YWI= | ab",
        "base64 | YWJj | abc",
        "base64 | YWJjZA== | abcd",
        "base64 | Y↵W·J→j¶ZA==↵ | abcd",
        "Base64 | YWJjZA=↵= | abcd",
        "base64 | YWJjZGVmZ2hpamtsbW5vcA== | abcdefghijklmnop",
        "base64 | YWJj·ZGVm·Z2hp·amts | abcdefghijkl",
      })
  void decodesItsBody(String encoding, String body, String expected) throws Fault {
    String text = "Content-Transfer-Encoding: " + encoding + "↵↵" + body;
    Asn1.Octets decoded = Entity.read(bytes(text), LIMITS).decodedBody();
    assertThat(shown(decoded.bytes())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "base64 | Y",
        "base64 | YQ",
        "base64 | YQ=",
        "base64 | YQ===",
        "base64 | YWI",
        "base64 | YWI==",
        "base64 | YWJj=",
        "base64 | YWJjZ===",
        "base64 | YWJj====",
        "base64 | YW*j",
        "base64 | YQ==YQ==",
        "base64 | YQ== x",
        "base64 | YWé=",
        "quoted-printable | a=6",
        "quoted-printable | a=6g",
        "quoted-printable | a=g6",
        "quoted-printable | a=·b",
        "uuencode | a",
        "7bit 8bit | a",
      })
  void refusesABody(String encoding, String body) throws Fault {
    String text = "Content-Transfer-Encoding: " + encoding + "↵↵" + body;
    Entity entity = Entity.read(bytes(text), LIMITS);
    assertThatThrownBy(entity::decodedBody)
        .isInstanceOfSatisfying(
            Fault.class, f -> assertThat(f.finding()).isEqualTo(Finding.MALFORMED));
  }

  /** All 64 letters, over more than one piece of what is read at once. */
  @Test
  void everyLetterOfBase64() throws Fault {
    byte[] all = new byte[30_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (i * 7 + i / 256);
    }
    for (int length : List.of(0, 1, 48, 6144, 6145, 29_998, 30_000)) {
      byte[] some = java.util.Arrays.copyOf(all, length);
      String text =
          java.util.Base64.getMimeEncoder(61, new byte[] {'\r', '\n'}).encodeToString(some);
      Asn1.Octets decoded = Base64Body.decode(Bytes.of(text, StandardCharsets.US_ASCII));
      assertThat(decoded.toArray()).isEqualTo(some);
    }
  }

  /** Lines of equal length are read together; what stands in one of them counts all the same. */
  @Test
  void oneLineOfManyIsOtherwise() throws Fault {
    byte[] all = new byte[40_000];
    new java.util.Random(1).nextBytes(all);
    String text = java.util.Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(all) + "\n";
    for (int at : List.of(0, 1, 75, 76, 77, 16_000, 16_400, 30_003)) {
      String head = text.substring(0, at);
      for (String blank : List.of(" ", "\r\n", "\n\n", "\r", " \t ")) {
        assertThat(base64(head + blank + text.substring(at))).isEqualTo(all);
      }
      for (String foreign : List.of("=", "==", "*", "-", "_", "\u0000", "\u00e9")) {
        String spoilt = head + foreign + text.substring(at + foreign.length());
        assertThatThrownBy(() -> base64(spoilt)).isInstanceOf(Fault.class);
      }
    }
    assertThat(base64(text.replace("\n", "\r\n"))).isEqualTo(all);
  }

  private static byte[] base64(String text) throws Fault {
    return Base64Body.decode(Bytes.of(text, StandardCharsets.ISO_8859_1)).toArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--b↵a↵--b↵c↵--b-- | a & c",
        "--b↵a↵--b--↵ | a",
        "--b¶a¶--b-- | a",
        "x↵--b↵a↵--b--↵y | a",
        "--b··↵a↵--b→↵c↵--b--·· | a & c",
        "--b↵↵a↵↵--b-- | ↵a↵",
        "--b↵--b-- | ``",
        "--b↵↵--b-- | ``",
        "--b↵a↵--bc↵--b-- | a↵--bc",
        "--b↵a --b↵--b-- | a --b",
        "--b↵--b-x↵--b-- | --b-x",
        "--b↵--b--x↵--b-- | --b--x",
        "--b↵--bx-↵--b-- | --bx-",
        "--b↵xxb↵--b-- | xxb",
        "--b↵-xb↵x-b↵--b-- | -xb↵x-b",
        "--b↵a¶--b-- | a",
        "--b↵a®--b--↵--b-- | a®--b--",
        "--b↵a↵--b--↵--b↵c↵--b-- | a",
        "--b-- | ∅",
      })
  void aMultipartIsCut(String body, String expected) throws Fault {
    List<Bytes> parts = Multipart.parts(bytes(body), "b", LIMITS);
    String shown = parts.stream().map(EntityTest::shown).collect(Collectors.joining(" & "));
    assertThat(parts.isEmpty() ? "∅" : shown).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "--b↵a", "--b↵a↵--b", "--b↵a↵--b-", "--b↵a↵--b-x-", "--b↵a --b--"})
  void aMultipartWithoutItsEnd(String body) {
    assertThatThrownBy(() -> Multipart.parts(bytes(body), "b", LIMITS)).isInstanceOf(Fault.class);
  }

  @Test
  void aBoundaryAndTheNumberOfPartsHaveTheirLimits() throws Fault {
    String longest = "b".repeat(70);
    Bytes body = bytes("--" + longest + "↵a↵--" + longest + "--");
    assertThat(Multipart.parts(body, longest, LIMITS)).hasSize(1);
    for (String bad : List.of("", "b".repeat(71), "b ", "b\nc", "b\rc")) {
      assertThatThrownBy(() -> Multipart.parts(bytes("--" + bad + "--"), bad, LIMITS))
          .isInstanceOf(Fault.class);
    }
    Limits two = new Limits(1000, 20, 3, 2, 9, 9, 9, 9, 9, 9);
    assertThat(Multipart.parts(bytes("--b↵--b↵--b--"), "b", two)).hasSize(2);
    assertThatThrownBy(() -> Multipart.parts(bytes("--b↵--b↵--b↵--b--"), "b", two))
        .isInstanceOfSatisfying(
            Fault.class, f -> assertThat(f.finding()).isEqualTo(Finding.TOO_LARGE));
  }
}
