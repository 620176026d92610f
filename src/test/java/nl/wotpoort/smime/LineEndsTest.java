package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import nl.wotpoort.letter.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form that is signed: CRLF at every line end, whatever the pieces are. */
class LineEndsTest {

  /** Wherever a text is cut: L is LF, C is CR. */
  @ParameterizedTest
  @CsvSource({
    "aLb, aCLb",
    "L, CL",
    "LL, CLCL",
    "CLL, CLCL",
    "CCL, CCL",
    "LC, CLC",
    "aCLb, aCLb",
    "CaL, CaCL",
    "a, a",
  })
  void aBareLineFeedGetsItsReturn(String given, String expected) {
    for (int cut = 0; cut <= given.length(); cut++) {
      Bytes head = bytes(given.substring(0, cut));
      Bytes tail = bytes(given.substring(cut));

      Pieces canonical = LineEnds.canonical(new Pieces(List.of(head, Bytes.none(), tail)));

      assertThat(canonical.joined()).isEqualTo(bytes(expected));
    }
    assertThat(LineEnds.canonical(bytes(given))).isEqualTo(bytes(expected));
  }

  /** Wherever in the eight bytes that are looked at together. */
  @Test
  void theKindIsSeenAtEveryPlace() {
    for (int at = 0; at < 40; at++) {
      for (String put :
          List.of("\n", "\r", "\r\n", "\u000b", "\u0000", "\u008a", "\u00ff", "\u000c")) {
        byte[] text =
            ("x".repeat(at) + put + "x".repeat(40 - at)).getBytes(StandardCharsets.ISO_8859_1);
        LineEnds.Kind kind = LineEnds.kind(Bytes.wrap(text));
        assertThat(kind)
            .isEqualTo(new LineEnds.Kind(put.equals("\n"), put.equals("\r"), put.charAt(0) < 0x80));
      }
    }
  }

  /** Bare LF, bare CR, eight bits; a text in two pieces is the same text. */
  @ParameterizedTest
  @CsvSource({
    "'', ---",
    "a, ---",
    "CL, ---",
    "aCLbCL, ---",
    "L, l--",
    "CLL, l--",
    "C, -c-",
    "CCL, -c-",
    "CLC, -c-",
    "LC, lc-",
    "aLbCc, lc-",
    "CaL, lc-",
    "'a\u000b\u000c\t\u000e', ---",
    "é, --8",
    "éa, --8",
    "aéCL, --8",
    "Lé, l-8",
  })
  void kindOfText(String given, String expected) {
    for (int cut = 0; cut <= given.length(); cut++) {
      Bytes head = bytes(given.substring(0, cut));
      Bytes tail = bytes(given.substring(cut));
      LineEnds.Kind kind = LineEnds.kind(new Pieces(List.of(head, tail)));
      String shown =
          (kind.bareLf() ? "l" : "-") + (kind.bareCr() ? "c" : "-") + (kind.sevenBit() ? "-" : "8");
      assertThat(shown).isEqualTo(expected);
    }
  }

  @Test
  void theKindOfALargeText() {
    for (int size : List.of(1 << 16, (1 << 17) + 3)) {
      byte[] large = "x".repeat(size).getBytes(StandardCharsets.ISO_8859_1);
      assertThat(LineEnds.kind(Bytes.wrap(large.clone())))
          .isEqualTo(new LineEnds.Kind(false, false, true));
      large[size - 1] = '\n';
      assertThat(LineEnds.kind(Bytes.wrap(large))).isEqualTo(new LineEnds.Kind(true, false, true));
    }
  }

  @Test
  void aLargePieceIsSharedButForTheBlockWithALineFeed() {
    byte[] large = new byte[1 << 20];
    large[(1 << 19) + 5] = '\n';
    large[(1 << 16) - 1] = '\r';
    large[1 << 16] = '\n';

    List<Bytes> pieces = new ArrayList<>(LineEnds.canonical(Pieces.of(large)).pieces());

    assertThat(pieces.stream().mapToInt(Bytes::length).sum()).isEqualTo((1 << 20) + 1);
    pieces.removeIf(p -> p.length() == 1 << 16);
    assertThat(pieces).hasSize(1);
    assertThat(pieces.get(0).length()).isEqualTo((1 << 16) + 1);
  }

  private static Bytes bytes(String text) {
    String real = text.replace('L', '\n').replace('C', '\r');
    return Bytes.of(real, StandardCharsets.ISO_8859_1);
  }
}
