package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** BER (X.690) in hexadecimal, and what is read from it. */
class Asn1Test {

  private static final Limits LIMITS = Limits.defaults();

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static Asn1 read(String text) throws Fault {
    return Asn1.read(hex(text), LIMITS);
  }

  /** Tag, then the content in hexadecimal or the children. */
  private static String shown(Asn1 value) {
    String inside =
        value.isConstructed()
            ? value.children().stream().map(Asn1Test::shown).collect(Collectors.joining(" "))
            : HexFormat.of().formatHex(value.content());
    return Integer.toHexString(value.tag) + "(" + inside + ")";
  }

  @ParameterizedTest
  @CsvSource({
    "05 00, 5()",
    "04 01 7f, 4(7f)",
    "04 81 01 7f, 4(7f)",
    "04 84 00 00 00 01 7f, 4(7f)",
    "30 00, 30()",
    "30 05 02 01 01 05 00, 30(2(01) 5())",
    "30 80 00 00, 30()",
    "30 80 02 01 00 00 00, 30(2(00))",
    "30 80 30 80 00 00 05 00 00 00, 30(30() 5())",
    "24 80 04 01 01 04 00 00 00, 24(4(01) 4())",
    "a0 03 02 01 05, a0(2(05))",
    "80 00, 80()",
    "3e 00, 3e()",
    "30 80 00 01 7f 00 00, 30(0(7f))",
  })
  void isRead(String text, String expected) throws Fault {
    Asn1 value = read(text);
    assertThat(shown(value)).isEqualTo(expected);
    assertThat(value.raw()).isEqualTo(hex(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "04",
        "04 01",
        "04 02 00",
        "04 81",
        "04 81 01",
        "04 84 00 00 00",
        "04 84 00 00 00 01",
        "04 84 ff ff ff ff 00",
        "04 85 00 00 00 00 01 7f",
        "04 ff",
        "04 80 00 00",
        "1f 01 00",
        "3f 81 01 00",
        "30 03 02 02 01",
        "30 02 02 01 01",
        "30 80",
        "30 80 00",
        "30 80 05 00 00",
        "30 80 05 00",
        "30 80 30 80 00 00",
        "05 00 00",
        "05 00 05 00",
        "30 01 02",
        "30 04 30 01 02 00",
        "30 03 04 82 01",
        "30 07 30 03 04 82 00 05 00",
        "30 03 30 80 00",
        "30 04 30 80 05 00",
        "30 05 30 80 05 00 00",
        "30 02 30 80",
      })
  void isRefused(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            Fault.class, f -> assertThat(f.finding()).isEqualTo(Finding.MALFORMED));
  }

  @Test
  void depthAndNumberHaveTheirLimits() throws Fault {
    Limits small = new Limits(1000, 20, 3, 2, 2, 4, 9, 9, 9, 9);
    assertThat(shown(Asn1.read(hex("30 04 30 02 30 00"), small))).isEqualTo("30(30(30()))");
    assertThat(shown(Asn1.read(hex("30 06 05 00 05 00 05 00"), small)))
        .isEqualTo("30(5() 5() 5())");
    for (String text :
        List.of(
            "30 06 30 04 30 02 30 00",
            "30 08 05 00 05 00 05 00 05 00",
            "30 80 30 80 30 80 30 80 00 00 00 00 00 00 00 00")) {
      assertThatThrownBy(() -> Asn1.read(hex(text), small))
          .isInstanceOfSatisfying(
              Fault.class, f -> assertThat(f.finding()).isEqualTo(Finding.TOO_LARGE));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "06 01 2a, 1.2",
    "06 03 2a 03 04, 1.2.3.4",
    "06 09 2a 86 48 86 f7 0d 01 07 01, 1.2.840.113549.1.7.1",
    "06 01 00, 0.0",
    "06 01 27, 0.39",
    "06 01 28, 1.0",
    "06 01 4f, 1.39",
    "06 01 50, 2.0",
    "06 02 88 37, 2.999",
    "06 0a 2a ff ff ff ff ff ff ff ff 7f, ''",
    "06 09 2a ff ff ff ff ff ff ff 7f, 1.2.72057594037927935",
    "06 00, ''",
    "06 02 2a 86, ''",
    "04 01 2a, ''",
  })
  void identifiers(String text, String expected) throws Fault {
    Asn1 value = read(text);
    if (expected.isEmpty()) {
      assertThatThrownBy(value::oid).isInstanceOf(Fault.class);
    } else {
      assertThat(value.oid()).isEqualTo(expected);
      assertThat(Der.oid(expected)).isEqualTo(hex(text));
    }
  }

  @Test
  void anIdentifierAndANumberHaveTheirLimits() throws Fault {
    assertThat(read("06 40 " + "01".repeat(64)).oid()).startsWith("0.1.1");
    assertThatThrownBy(() -> read("06 41 " + "01".repeat(65)).oid()).isInstanceOf(Fault.class);
    assertThat(read("02 82 10 00 " + "01".repeat(4096)).integer().bitLength()).isEqualTo(32_761);
    assertThatThrownBy(() -> read("02 82 10 01 " + "01".repeat(4097)).integer())
        .isInstanceOf(Fault.class);
    assertThatThrownBy(() -> read("02 00").integer()).isInstanceOf(Fault.class);
    assertThatThrownBy(() -> read("04 01 01").integer()).isInstanceOf(Fault.class);
    assertThat(read("02 01 ff").integer()).isEqualTo(BigInteger.valueOf(-1));
    assertThat(read("02 04 3f ff ff ff").small()).isEqualTo((1 << 30) - 1);
    assertThatThrownBy(() -> read("02 04 40 00 00 00").small()).isInstanceOf(Fault.class);
  }

  @ParameterizedTest
  @CsvSource({
    "04 02 01 02, 0102",
    "24 80 04 01 01 04 02 02 03 00 00, 010203",
    "24 07 04 01 01 24 02 04 00, 01",
    "24 08 24 03 04 01 01 04 01 02, 0102",
    "a0 80 04 01 01 00 00, 01",
    "a0 06 24 04 04 02 01 02, 0102",
    "a0 00, ''",
  })
  void stringsInPieces(String text, String expected) throws Fault {
    assertThat(read(text).octets().toArray()).isEqualTo(hex(expected));
    assertThat(read(text).octetsInPlace().toArray()).isEqualTo(hex(expected));
    if (text.startsWith("24")) {
      assertThat(Der.encoded(0x24, read(text))).isEqualTo(Der.octets(hex(expected)));
    }
  }

  @Test
  void aStringOfOtherPieces() throws Fault {
    for (String text : List.of("24 03 02 01 01", "24 05 30 03 04 01 01", "a0 02 05 00")) {
      Asn1 value = read(text);
      assertThatThrownBy(value::octets).isInstanceOf(Fault.class);
    }
  }

  @Test
  void inDerWhateverItsForm() throws Fault {
    Asn1 set = read("a0 80 30 80 06 01 2a 31 80 02 01 02 02 01 01 00 00 00 00 05 00 00 00");
    assertThat(Der.encoded(Asn1.SET, set))
        .isEqualTo(hex("31 0f 05 00 30 0b 06 01 2a 31 06 02 01 01 02 01 02"));
  }

  @Test
  void lengths() {
    assertThat(Der.head(4, 0)).isEqualTo(hex("04 00"));
    assertThat(Der.head(4, 127)).isEqualTo(hex("04 7f"));
    assertThat(Der.head(4, 128)).isEqualTo(hex("04 81 80"));
    assertThat(Der.head(4, 255)).isEqualTo(hex("04 81 ff"));
    assertThat(Der.head(4, 256)).isEqualTo(hex("04 82 01 00"));
    assertThat(Der.head(4, 65_536)).isEqualTo(hex("04 83 01 00 00"));
    assertThat(Der.head(4, 1 << 24)).isEqualTo(hex("04 84 01 00 00 00"));
    assertThat(Der.integer(-1)).isEqualTo(hex("02 01 ff"));
    assertThat(Der.integer(128)).isEqualTo(hex("02 02 00 80"));
    assertThat(Der.bits(hex("ff"))).isEqualTo(hex("03 02 00 ff"));
    assertThat(Der.nul()).isEqualTo(hex("05 00"));
    assertThat(Der.setOf(List.of(hex("ff"), hex("01"), hex("01 00"))))
        .isEqualTo(hex("31 04 01 01 00 ff"));
  }

  @Test
  void walkingOverChildren() throws Fault {
    Asn1.Cursor cursor = read("30 05 02 01 01 05 00").cursor();
    assertThat(cursor.at(2)).isTrue();
    assertThat(cursor.at(5)).isFalse();
    cursor.skip(5);
    assertThat(cursor.done()).isFalse();
    cursor.skip(2);
    assertThatThrownBy(() -> cursor.take(4)).isInstanceOf(Fault.class);
    assertThat(cursor.done()).isTrue();
    assertThat(cursor.at(5)).isFalse();
    assertThatThrownBy(cursor::take).isInstanceOf(Fault.class);
  }
}
