package nl.wotpoort.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import nl.wotpoort.letter.Bytes;

/** Reads files a person named; what cannot be read is said in one sentence. */
final class InputFiles {

  private InputFiles() {}

  static Bytes bytes(Path file, Screen screen) throws Refusal {
    try {
      if (Files.isDirectory(file)) {
        throw new Refusal(Exit.USAGE, screen.text("file.folder", file));
      }
      return Bytes.wrap(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new Refusal(Exit.USAGE, screen.text("file.missing", file));
    } catch (AccessDeniedException e) {
      throw new Refusal(Exit.USAGE, screen.text("file.denied", file));
    } catch (IOException e) {
      throw new Refusal(
          Exit.USAGE, screen.text("file.unreadable", file, String.valueOf(e.getMessage())));
    }
  }
}
