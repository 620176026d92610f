package nl.wotpoort.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A file's bytes as text: UTF-8 or a problem, never a guess. */
final class FileText {

  /** Ten thousand workers fit several times. */
  static final int LARGEST = 16 * 1024 * 1024;

  private FileText() {}

  /** Empty, with the problem told, when it is not there or cannot be read. */
  static Optional<byte[]> bytes(Path path, String name, Problems problems) {
    try (InputStream in = Files.newInputStream(path)) {
      return Optional.of(in.readNBytes(LARGEST + 1));
    } catch (NoSuchFileException e) {
      problems.error(name, 1, "FILE_MISSING", name);
    } catch (IOException e) {
      problems.error(name, 1, "FILE_UNREADABLE", name);
    }
    return Optional.empty();
  }

  /** Empty, with the problem told, when it is no UTF-8 text or too large. A BOM is dropped. */
  static Optional<String> decoded(byte[] bytes, String name, Problems problems) {
    if (bytes.length > LARGEST) {
      problems.error(name, 1, "FILE_TOO_LARGE", name, LARGEST / (1024 * 1024));
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      problems.error(name, lineAt(bytes, in.position()), "NOT_UTF8");
      return Optional.empty();
    }
    String text = out.flip().toString();
    return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  private static int lineAt(byte[] bytes, int position) {
    int line = 1;
    for (int i = 0; i < position; i++) {
      if (bytes[i] == '\n') {
        line++;
      }
    }
    return line;
  }
}
