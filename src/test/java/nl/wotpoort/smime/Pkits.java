package nl.wotpoort.smime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.security.auth.x500.X500Principal;

/** NIST's certificates and CRLs, and the table of tests; see src/test/resources/pkits/README.md. */
public final class Pkits {

  private static final Path FOLDER = SamplePki.ROOT.resolve("src/test/resources/pkits");

  private static final Path ZIP = FOLDER.resolve("pkits.zip");

  /** The suite's policies, but for their number. */
  public static final String POLICY = "2.16.840.1.101.3.2.1.48.";

  final Map<String, X509Certificate> certificates = new TreeMap<>();
  final Map<String, X509CRL> crls = new TreeMap<>();
  final X509Certificate anchor;

  private Pkits(InputStream zipped) throws IOException, GeneralSecurityException {
    try (ZipInputStream zip = new ZipInputStream(zipped)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String file = entry.getName().replaceFirst(".*/", "").replaceFirst("\\.[a-z]+$", "");
        if (entry.getName().startsWith("certs/")) {
          certificates.put(file, Certificates.read(zip.readAllBytes()));
        } else {
          crls.put(file, Certificates.readCrl(zip.readAllBytes()));
        }
      }
    }
    anchor = certificate("TrustAnchorRootCertificate");
  }

  public static Pkits load() {
    try {
      return new Pkits(Files.newInputStream(ZIP));
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  X509Certificate certificate(String file) {
    X509Certificate found = certificates.get(file);
    if (found == null) {
      throw new AssertionError("no certificate " + file);
    }
    return found;
  }

  List<X509Certificate> certificates(List<String> files) {
    return files.stream().map(this::certificate).toList();
  }

  /** Those that bear the name of one of these as issuer. */
  List<X509CRL> crlsBy(List<X509Certificate> issuers) {
    Set<X500Principal> names = new HashSet<>();
    issuers.forEach(i -> names.add(i.getSubjectX500Principal()));
    return crls.values().stream().filter(c -> names.contains(c.getIssuerX500Principal())).toList();
  }

  /** The files with the revocation lists of the issuers on that row. */
  public List<String> crlFiles(Row row) {
    List<X509Certificate> issuers = new ArrayList<>(List.of(anchor, certificate(row.endEntity())));
    issuers.addAll(certificates(row.authorities()));
    issuers.addAll(certificates(row.others()));
    List<X509CRL> lists = crlsBy(issuers);
    return crls.keySet().stream().filter(file -> lists.contains(crls.get(file))).toList();
  }

  /** All as files, {@code certs/NAME.crt} and {@code crls/NAME.crl}. */
  public static void unpack(Path into) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(ZIP))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = into.resolve(entry.getName());
        if (!entry.isDirectory()) {
          Files.createDirectories(file.getParent());
          Files.write(file, zip.readAllBytes());
        }
      }
    }
  }

  /** A row of table.txt; its head says what the columns are. */
  public record Row(
      String number,
      String title,
      String expected,
      String endEntity,
      List<String> authorities,
      List<String> others,
      Set<String> settings,
      String why) {

    PathRequest withSettings(PathRequest request) {
      Set<String> policies = new HashSet<>();
      settings.stream()
          .filter(s -> s.startsWith("P"))
          .forEach(s -> policies.add(POLICY + s.substring(1)));
      return request.withPolicies(
          policies,
          settings.contains("explicit"),
          settings.contains("no-mapping"),
          settings.contains("no-any"));
    }

    @Override
    public String toString() {
      return number + " " + title + ": " + why;
    }
  }

  public static Stream<Row> rows() throws IOException {
    return Files.readAllLines(FOLDER.resolve("table.txt")).stream()
        .filter(l -> !l.isBlank() && !l.startsWith("#"))
        .map(l -> l.split(" \\| ", -1))
        .map(
            c ->
                new Row(
                    c[0],
                    c[1],
                    c[2],
                    c[3],
                    words(c[4]),
                    words(c[5]),
                    Set.copyOf(words(c[6])),
                    c[7]));
  }

  private static List<String> words(String cell) {
    return cell.equals("-") ? List.of() : Arrays.asList(cell.split(" "));
  }
}
