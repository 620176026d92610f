package nl.wotpoort.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where secrets come from: {@code env:NAME} and {@code file:PATH}. A secret written in the
 * properties file itself is refused: such files are copied, mailed and backed up.
 */
final class SecretSource {

  private static final int LARGEST = 8192;

  private final Function<String, Optional<String>> environment;

  SecretSource(Function<String, Optional<String>> environment) {
    this.environment = environment;
  }

  /** Either a secret, or the code of a problem with what it is about. Never the secret in it. */
  record Answer(Optional<Secret> secret, Optional<String> problem, String about) {

    static Answer found(char[] value) {
      return new Answer(Optional.of(Secret.of(value)), Optional.empty(), "");
    }

    static Answer problem(String code, String about) {
      return new Answer(Optional.empty(), Optional.of(code), about);
    }
  }

  Answer find(String text, Path home) {
    if (text.startsWith("env:")) {
      return fromEnvironment(text.substring(4).strip());
    }
    if (text.startsWith("file:")) {
      return fromFile(text.substring(5).strip(), home);
    }
    return Answer.problem("SECRET_PLAIN", "");
  }

  private Answer fromEnvironment(String name) {
    return environment
        .apply(name)
        .filter(value -> !value.isBlank())
        .map(value -> Answer.found(value.toCharArray()))
        .orElseGet(() -> Answer.problem("SECRET_NOT_IN_ENVIRONMENT", name));
  }

  private static Answer fromFile(String text, Path home) {
    try {
      Path path = home.resolve(text);
      byte[] bytes;
      try (InputStream in = Files.newInputStream(path)) {
        bytes = in.readNBytes(LARGEST + 1);
      }
      char[] firstLine = firstLine(bytes);
      Arrays.fill(bytes, (byte) 0);
      return firstLine.length == 0 || bytes.length > LARGEST
          ? Answer.problem("SECRET_FILE_EMPTY", text)
          : Answer.found(firstLine);
    } catch (IOException | InvalidPathException e) {
      return Answer.problem("SECRET_FILE_UNREADABLE", text);
    }
  }

  /** Editors put a line end after a password; it is no part of it. */
  private static char[] firstLine(byte[] bytes) {
    CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
    int end = 0;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    char[] line = new char[end];
    text.get(line);
    return line;
  }
}
