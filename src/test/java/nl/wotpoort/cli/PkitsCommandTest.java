package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import nl.wotpoort.smime.Pkits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * NIST's path tests typed as commands: {@code wotpoort cert validate}, each row of pkits/table.txt
 * with the certificates of its path in disorder, the others of the row and the anchor among them.
 */
class PkitsCommandTest {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "explicit", "--explicit-policy",
          "no-mapping", "--inhibit-policy-mapping",
          "no-any", "--inhibit-any-policy");

  @TempDir private static Path folder;

  @Test
  void everyRowIsJudgedAsTheTableSays() throws IOException {
    Pkits.unpack(folder);
    Pkits pkits = Pkits.load();
    Map<String, String> expected = new TreeMap<>();
    List<Pkits.Row> rows = Pkits.rows().toList();
    List<Typed> typed = Typed.all(rows.stream().map(row -> words(row, pkits)).toList());
    Map<String, String> said = new TreeMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Pkits.Row row = rows.get(i);
      String name = row.number() + " " + new TreeSet<>(row.settings());
      expected.put(name, row.expected().equals("valid") ? "accept" : row.expected());
      said.put(name, typed.get(i).json().get(0).path("finding").asText());
    }
    // DSA is on no list of ours; --any-algorithm judges the path alone
    expected.put("4.1.4 [default]", "weak-algorithm");
    expected.put("4.1.5 [default]", "weak-algorithm");

    assertThat(said).hasSize(247).isEqualTo(expected);
  }

  private static List<String> words(Pkits.Row row, Pkits pkits) {
    List<String> path = new ArrayList<>(row.authorities());
    path.addAll(row.others());
    path.add(row.endEntity());
    path.add("TrustAnchorRootCertificate");
    Collections.shuffle(path, new Random(row.number().hashCode()));
    List<String> words = new ArrayList<>(List.of("cert", "validate", "--json"));
    path.forEach(name -> words.add(certificate(name)));
    words.addAll(List.of("--at", "2026-06-15T09:00:00Z"));
    words.addAll(List.of("--anchors", certificate("TrustAnchorRootCertificate")));
    for (String file : pkits.crlFiles(row)) {
      words.addAll(List.of("--crl", folder.resolve("crls/" + file + ".crl").toString()));
    }
    for (String setting : row.settings()) {
      if (setting.startsWith("P")) {
        words.addAll(List.of("--policy", Pkits.POLICY + setting.substring(1)));
      } else if (!setting.equals("default")) {
        words.add(SETTINGS.get(setting));
      }
    }
    return words;
  }

  private static String certificate(String name) {
    return folder.resolve("certs/" + name + ".crt").toString();
  }
}
