package nl.wotpoort.mime;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Bytes;

/**
 * Fuzz targets for what reads bytes from outside. A normal run only repeats the kept corpus
 * (ReadingFuzzTestInputs); {@code JAZZER_FUZZ=1 mvn test -Dtest=ReadingFuzzTest#anyMailIsRead}
 * looks for more.
 */
class ReadingFuzzTest {

  private static void check(boolean holds) {
    if (!holds) {
      throw new AssertionError("a property of the reader does not hold");
    }
  }

  @FuzzTest(maxDuration = "10m")
  void anyMailIsRead(byte[] mail) {
    Reading first = Mails.read(mail);
    check(first.equals(Mails.read(mail)));
    check(first.text().reveal().indexOf('\0') < 0);
  }

  @FuzzTest(maxDuration = "10m")
  void anyTextIsRead(byte[] text) {
    try {
      LabelledText labelled = LabelledText.of(new String(text, StandardCharsets.UTF_8));
      check(LabelledLetter.of(labelled, Optional.empty()) != null);
    } catch (Unreadable e) {
      check(!e.letter().detail().isEmpty());
    }
  }

  @FuzzTest(maxDuration = "10m")
  void anyJsonIsRead(byte[] json) {
    JsonLetter.Result result = new JsonLetter(Mails.GP, List.of(), Set.of()).read(Bytes.wrap(json));
    check(result.letter() != null);
  }
}
