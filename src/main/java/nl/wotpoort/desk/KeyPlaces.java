package nl.wotpoort.desk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import nl.wotpoort.settings.Settings;

/**
 * Where the files lie that count from the moment they change: our keys, the authorities and lists
 * of {@code trust.*}, and {@code certs/approved}. Certificates that routes/ names are not among
 * them: those count when they are activated. Immutable, thread-safe.
 */
final class KeyPlaces {

  /** certs/approved/ADDRESS/FILE. */
  private static final int DEPTH = 2;

  private final Set<Path> places = new TreeSet<>();

  KeyPlaces(Settings settings) {
    settings
        .keys()
        .values()
        .forEach(
            sources ->
                sources.forEach(
                    source ->
                        source
                            .<List<Path>>fold(f -> List.of(f.file()), token -> List.of())
                            .forEach(places::add)));
    settings
        .trust()
        .values()
        .forEach(
            group ->
                Stream.of(group.anchors(), group.intermediates(), group.crls())
                    .forEach(places::addAll));
    places.add(PartnerCertificates.in(settings.home()).folder(PartnerCertificates.State.APPROVED));
  }

  /** What a look shows: equal as long as nothing came, went or was written. */
  String look() {
    List<String> all = new ArrayList<>();
    for (Path place : places) {
      try (Stream<Path> files = Files.walk(place, DEPTH)) {
        for (Path file : files.sorted().toList()) {
          all.add(look(file));
        }
      } catch (NoSuchFileException none) {
        all.add(place + " -");
      } catch (IOException e) {
        all.add(place + " ?");
      }
    }
    return String.join("\n", all);
  }

  private static String look(Path file) throws IOException {
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    return file + " " + now.size() + " " + now.lastModifiedTime() + " " + now.fileKey();
  }
}
