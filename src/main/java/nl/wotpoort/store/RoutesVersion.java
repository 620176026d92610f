package nl.wotpoort.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One set of routes files as it was activated.
 *
 * @param number from 1, without gaps; the highest is in force
 * @param digest of the three texts
 * @param changes what was new against the version before, a line each, in ids and codes
 * @param files name of the file → its text
 * @param certificates address → SHA-256 of the certificates it had then, so that another one under
 *     the same file name shows
 */
public record RoutesVersion(
    int number,
    String digest,
    Instant at,
    Actor by,
    List<String> changes,
    Map<String, String> files,
    Map<String, String> certificates) {

  public RoutesVersion {
    changes = List.copyOf(changes);
    files = Map.copyOf(files);
    certificates = Map.copyOf(certificates);
  }

  /** The texts of files that were read without a fault: those are UTF-8. */
  public static Map<String, String> texts(Map<String, byte[]> files) {
    Map<String, String> texts = new TreeMap<>();
    files.forEach((file, each) -> texts.put(file, new String(each, StandardCharsets.UTF_8)));
    return texts;
  }

  /** The files again, byte for byte. */
  public Map<String, byte[]> bytes() {
    Map<String, byte[]> bytes = new TreeMap<>();
    files.forEach((file, each) -> bytes.put(file, each.getBytes(StandardCharsets.UTF_8)));
    return bytes;
  }

  /** Number and digest, as decisions and the journal name it: {@code 3-9f2c01ab34cd}. */
  public String name() {
    return number + "-" + digest;
  }
}
