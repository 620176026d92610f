package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** NIST's path validation tests, all of them, by the table pkits/table.txt. */
class PkitsTest {

  private static final Instant AT = Instant.parse("2026-06-15T09:00:00Z");
  private static final Pkits PKITS = Pkits.load();
  private static final List<X509Certificate> ALL = List.copyOf(PKITS.certificates.values());
  private static final List<X509CRL> ALL_CRLS = List.copyOf(PKITS.crls.values());

  static Stream<Pkits.Row> rows() throws IOException {
    return Pkits.rows();
  }

  /** The path, and what goes with it, as the document names them. */
  @ParameterizedTest
  @MethodSource("rows")
  void namedPath(Pkits.Row row) {
    List<X509Certificate> path = new ArrayList<>(PKITS.certificates(row.authorities()));
    path.add(PKITS.certificate(row.endEntity()));
    List<X509Certificate> others = PKITS.certificates(row.others());
    assertThat(verdict(row, path, others, crls(path, others))).isEqualTo(row.expected());
  }

  /** The same, but the certificates in any order and the anchor among them. */
  @ParameterizedTest
  @MethodSource("rows")
  void namedPathInDisorder(Pkits.Row row) {
    List<X509Certificate> path = new ArrayList<>(PKITS.certificates(row.authorities()));
    path.add(PKITS.certificate(row.endEntity()));
    path.add(PKITS.anchor);
    List<X509Certificate> others = PKITS.certificates(row.others());
    List<X509CRL> crls = crls(path, others);
    Collections.shuffle(path, new Random(row.number().hashCode()));
    assertThat(verdict(row, path, others, crls)).isEqualTo(row.expected());
  }

  /** Only the end entity; the path is to be found among all certificates and CRLs of the suite. */
  @ParameterizedTest
  @MethodSource("rows")
  void foundPath(Pkits.Row row) {
    List<X509Certificate> path = List.of(PKITS.certificate(row.endEntity()));
    assertThat(verdict(row, path, ALL, ALL_CRLS)).isEqualTo(row.expected());
  }

  @Test
  void everyEndEntityHasARow() throws IOException {
    Set<String> named = new HashSet<>();
    Pkits.rows().forEach(r -> named.add(r.endEntity()));
    assertThat(PKITS.certificates.keySet().stream().filter(c -> c.endsWith("EE")))
        .containsExactlyInAnyOrderElementsOf(named);
    assertThat(Pkits.rows()).hasSize(247);
  }

  private static List<X509CRL> crls(List<X509Certificate> path, List<X509Certificate> others) {
    List<X509Certificate> issuers = new ArrayList<>(path);
    issuers.addAll(others);
    issuers.add(PKITS.anchor);
    return PKITS.crlsBy(issuers);
  }

  private static String verdict(
      Pkits.Row row, List<X509Certificate> path, List<X509Certificate> others, List<X509CRL> crls) {
    PathRequest request = PathRequest.of(path, List.of(PKITS.anchor), crls, AT).withOthers(others);
    PathResult result = new PathValidator().validate(row.withSettings(request));
    return result.finding().map(Finding::code).orElse("valid");
  }
}
