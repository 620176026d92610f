package nl.wotpoort.scenarios;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Looks for the canary's words on the disk: as they are, as UTF-16, and in Base64 at each of its
 * three offsets; and for BSNs of the mails, standing by themselves.
 */
final class Traces {

  /** Read at a time; what ends one piece is looked at again with the next. */
  private static final int PIECE = 1 << 22;

  private static final int OVERLAP = 64;
  private static final Pattern WORDS = words(List.of(Mails.NAME, Mails.WORD));

  private Traces() {}

  private static Pattern words(List<String> words) {
    List<String> forms = new ArrayList<>();
    for (String word : words) {
      forms.add(word);
      forms.add(new String(word.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1));
      for (String before : List.of("", "x", "xx")) {
        String code =
            Base64.getEncoder()
                .withoutPadding()
                .encodeToString((before + word).getBytes(StandardCharsets.US_ASCII));
        // without the characters at both ends that a neighbour has a part in
        forms.add(code.substring(before.isEmpty() ? 0 : before.length() + 1, code.length() - 2));
      }
    }
    String all = forms.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    return Pattern.compile(all + "|(?<![0-9A-Za-z+/])9999\\d{5}(?![0-9A-Za-z+/])");
  }

  /** Every place where something readable stands; files that vanish meanwhile hold nothing. */
  static List<String> under(List<Path> folders) {
    List<String> found = new ArrayList<>();
    SimpleFileVisitor<Path> looking =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              in(file, found);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path gone, IOException why) {
            return FileVisitResult.CONTINUE;
          }
        };
    for (Path folder : folders) {
      try {
        Files.walkFileTree(folder, looking);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  private static void in(Path file, List<String> found) {
    try (InputStream in = Files.newInputStream(file)) {
      String rest = "";
      for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
        String text = rest + new String(piece, StandardCharsets.ISO_8859_1);
        Matcher matcher = WORDS.matcher(text);
        if (matcher.find()) {
          found.add(file + ": " + matcher.group());
          return;
        }
        rest = text.substring(Math.max(0, text.length() - OVERLAP));
      }
    } catch (NoSuchFileException gone) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
