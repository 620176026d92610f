package nl.wotpoort.bench;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** CPU seconds {@code openssl speed} needs on this machine, in this run, for each operation. */
final class AlgorithmSpeeds {

  /** Private and public operation of a key, or of an agreement both. */
  private record Cost(double own, double theirs) {}

  private final Map<String, Cost> costs = new HashMap<>();
  private final Map<String, Double> bytesASecond = new HashMap<>();

  private AlgorithmSpeeds() {}

  /** About half a minute. */
  static AlgorithmSpeeds measure() {
    AlgorithmSpeeds speeds = new AlgorithmSpeeds();
    for (String bits : new String[] {"2048", "3072", "4096"}) {
      double[] rsa = Openssl.fields("rsa" + bits, "+F2:");
      speeds.costs.put("rsa" + bits, new Cost(1 / rsa[2], 1 / rsa[3]));
    }
    for (String curve : new String[] {"p256", "p384"}) {
      double[] ecdsa = Openssl.fields("ecdsa" + curve, "+F4:");
      double[] ecdh = Openssl.fields("ecdh" + curve, "+F5:");
      speeds.costs.put(curve, new Cost(1 / ecdsa[2], 1 / ecdsa[3]));
      speeds.costs.put("ecdh-" + curve, new Cost(1 / ecdh[2], 1 / ecdh[2]));
    }
    double[] ed = Openssl.fields("ed25519", "+F6:");
    speeds.costs.put("ed25519", new Cost(1 / ed[ed.length - 2], 1 / ed[ed.length - 1]));
    double[] x = Openssl.fields("ecdhx25519", "+F5:");
    speeds.costs.put("ecdh-x25519", new Cost(1 / x[2], 1 / x[2]));
    for (String data : new String[] {"sha256", "sha512"}) {
      speeds.bytesASecond.put(data, last(Openssl.fields("-bytes 16384 " + data, "+F:")));
    }
    for (String cipher : new String[] {"aes-256-gcm", "aes-256-cbc", "chacha20-poly1305"}) {
      double[] evp = Openssl.fields("-bytes 16384 -evp " + cipher, "+F:");
      speeds.bytesASecond.put(cipher, last(evp));
    }
    return speeds;
  }

  private static double last(double[] fields) {
    return fields[fields.length - 1];
  }

  /** One private and one public operation, one hash and one cipher over the content; no base64. */
  double openMillis(Algorithms.Row row, double bytes) {
    return 1000 * (reader(row.reader()).own + cost(row.signer()).theirs + data(row, bytes));
  }

  /** For an elliptic curve the fresh key pair counts as one more agreement: the same product. */
  double sealMillis(Algorithms.Row row, double bytes) {
    Cost reader = reader(row.reader());
    double toReader = row.reader().startsWith("rsa") ? reader.theirs : 2 * reader.theirs;
    return 1000 * (cost(row.signer()).own + toReader + data(row, bytes));
  }

  private Cost reader(String kind) {
    return cost(kind.startsWith("rsa") ? kind : "ecdh-" + kind);
  }

  private Cost cost(String kind) {
    Cost cost = costs.get(kind);
    if (cost == null) {
      throw new IllegalStateException("not measured: " + kind);
    }
    return cost;
  }

  private double data(Algorithms.Row row, double bytes) {
    double hash = rate(row.signer().equals("ed25519") ? "sha512" : "sha256");
    double cipher = rate(row.cipher().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    return bytes / hash + bytes / cipher;
  }

  private double rate(String what) {
    return bytesASecond.getOrDefault(what, Double.NaN);
  }

  /** The line that goes with the table. */
  String told() {
    return String.format(
        "openssl speed: rsa %.0f/%.0f/%.0f sign/s, p256 %.0f p384 %.0f ed25519 %.0f sign/s, ecdh p256"
            + " %.0f p384 %.0f x25519 %.0f/s, sha256 %.2f gcm %.2f cbc %.2f chacha %.2f GB/s",
        1 / cost("rsa2048").own,
        1 / cost("rsa3072").own,
        1 / cost("rsa4096").own,
        1 / cost("p256").own,
        1 / cost("p384").own,
        1 / cost("ed25519").own,
        1 / cost("ecdh-p256").own,
        1 / cost("ecdh-p384").own,
        1 / cost("ecdh-x25519").own,
        rate("sha256") / 1e9,
        rate("aes-256-gcm") / 1e9,
        rate("aes-256-cbc") / 1e9,
        rate("chacha20-poly1305") / 1e9);
  }
}
