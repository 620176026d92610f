package nl.wotpoort.store;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a backup says it holds: when it was taken, and each table's count and digest. It stands in
 * the backup itself, under an HMAC of the store key: who has no key cannot make one that fits.
 *
 * @param tallies {@code count digest} by table
 */
record Manifest(Instant taken, Map<String, String> tallies) {

  static final String TAKEN = "backup:taken";
  private static final String SEAL = "backup:seal";
  private static final String TABLE = "backup:table:";

  void write(Tx tx, StoreKey key) throws SQLException {
    put(tx, TAKEN, taken.toString());
    for (Map.Entry<String, String> one : tallies.entrySet()) {
      put(tx, TABLE + one.getKey(), one.getValue());
    }
    put(tx, SEAL, seal(key));
  }

  private static void put(Tx tx, String name, String value) throws SQLException {
    tx.update("INSERT INTO fact (name, value) VALUES (?, ?)", name, value);
  }

  /** Empty when the file is a store, but not a backup or not one of this key. */
  static Optional<Manifest> read(Tx tx, StoreKey key) throws SQLException {
    Optional<String> taken = value(tx, TAKEN);
    Optional<String> seal = value(tx, SEAL);
    if (taken.isEmpty() || seal.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> tallies = new LinkedHashMap<>();
    tx.list(
        "SELECT name, value FROM fact WHERE name LIKE '" + TABLE + "%' ORDER BY name",
        row -> tallies.put(row.text("name").substring(TABLE.length()), row.text("value")));
    Manifest manifest = new Manifest(Instant.parse(taken.get()), Map.copyOf(tallies));
    return manifest.seal(key).equals(seal.get()) ? Optional.of(manifest) : Optional.empty();
  }

  private static Optional<String> value(Tx tx, String name) throws SQLException {
    return tx.first("SELECT value FROM fact WHERE name = ?", row -> row.text("value"), name);
  }

  private String seal(StoreKey key) {
    List<String> fields = new ArrayList<>(List.of(taken.toString()));
    tallies.keySet().stream()
        .sorted()
        .forEach(table -> fields.addAll(List.of(table, tallies.getOrDefault(table, ""))));
    byte[] text = Fields.of(fields).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(StoreKey.hmac(key.derive("backup"), text));
  }
}
