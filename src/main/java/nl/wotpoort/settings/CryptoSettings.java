package nl.wotpoort.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which algorithms the administrator leaves of those that are safe: {@code crypto.*}. A setting
 * narrows the list and never widens it. And how revocation is looked up: {@code revocation.*}.
 * Immutable.
 *
 * @param allowed the names that are left, lower-case: {@code aes-256-gcm}, {@code rsa-oaep-sha-256}
 * @param minimumRsaBits shortest RSA key, 2048 or more
 */
public record CryptoSettings(
    Set<String> allowed, int minimumRsaBits, RevocationSettings revocation) {

  private static final int LEAST_RSA_BITS = 2048;
  private static final int MOST_RSA_BITS = 16_384;

  /**
   * By setting, what is safe. The room that encrypts has the same list; a test holds them equal.
   */
  private static final Map<String, List<String>> SAFE = safe();

  private static final List<String> DIGESTS = List.of("sha-256", "sha-384", "sha-512");

  private static Map<String, List<String>> safe() {
    Map<String, List<String>> safe = new LinkedHashMap<>();
    safe.put(
        "crypto.cipher",
        List.of(
            "aes-128-cbc",
            "aes-192-cbc",
            "aes-256-cbc",
            "aes-128-gcm",
            "aes-192-gcm",
            "aes-256-gcm",
            "chacha20-poly1305"));
    safe.put(
        "crypto.keytransport",
        List.of(
            "rsa-pkcs1",
            "rsa-oaep-sha-256",
            "rsa-oaep-sha-384",
            "rsa-oaep-sha-512",
            "ecdh-sha-1",
            "ecdh-sha-256",
            "ecdh-sha-384",
            "ecdh-sha-512",
            "ecdh-hkdf-sha-256",
            "ecdh-hkdf-sha-384",
            "ecdh-hkdf-sha-512"));
    safe.put("crypto.curve", List.of("p-256", "p-384", "p-521", "x25519"));
    safe.put(
        "crypto.signature",
        List.of(
            "rsa-pkcs1-sha-256",
            "rsa-pkcs1-sha-384",
            "rsa-pkcs1-sha-512",
            "rsa-pss-sha-256",
            "rsa-pss-sha-384",
            "rsa-pss-sha-512",
            "ecdsa-sha-256",
            "ecdsa-sha-384",
            "ecdsa-sha-512",
            "ed25519"));
    return safe;
  }

  public CryptoSettings {
    allowed = Set.copyOf(allowed);
  }

  /** Everything that is safe. */
  public static CryptoSettings usual() {
    return new CryptoSettings(
        SAFE.values().stream().flatMap(List::stream).collect(Collectors.toSet()),
        LEAST_RSA_BITS,
        RevocationSettings.off());
  }

  /** Reads a file that holds nothing else: {@code open.properties} beside a folder of keys. */
  public static Loaded<CryptoSettings> read(Path properties) {
    Problems problems = new Problems();
    String name = String.valueOf(properties.getFileName());
    Optional<String> text =
        FileText.bytes(properties, name, problems)
            .flatMap(bytes -> FileText.decoded(bytes, name, problems));
    if (text.isEmpty()) {
      return Loaded.failed(problems.inOrder());
    }
    PropertyFile file = new PropertyFile(name, text.get(), problems);
    Path home = properties.toAbsolutePath().normalize().getParent();
    SecretSource none = new SecretSource(variable -> Optional.empty());
    CryptoSettings read =
        read(
            new PropertyAsker(file, home == null ? properties : home, none, problems),
            RevocationSettings.off());
    file.tellUnknownKeys();
    return problems.hasErrors()
        ? Loaded.failed(problems.inOrder())
        : Loaded.of(read, problems.inOrder());
  }

  static CryptoSettings read(PropertyAsker ask, RevocationSettings revocation) {
    Set<String> allowed = new TreeSet<>();
    SAFE.forEach((key, names) -> allowed.addAll(left(ask, key, names)));
    Set<String> digests = left(ask, "crypto.digest", DIGESTS);
    Set<String> others = new LinkedHashSet<>(DIGESTS);
    others.removeAll(digests);
    // Ed25519 has SHA-512 built in (RFC 8032); without it, it goes too
    List<String> signatures = SAFE.getOrDefault("crypto.signature", List.of());
    allowed.removeIf(name -> signatures.contains(name) && endsWithAny(name, others));
    if (others.contains("sha-512")) {
      allowed.remove("ed25519");
    }
    if (allowed.stream().noneMatch(signatures::contains)) {
      ask.wrong("crypto.", "CRYPTO_NOTHING_LEFT");
    }
    int bits =
        ask.number("crypto.rsa.minimum", LEAST_RSA_BITS, MOST_RSA_BITS).orElse(LEAST_RSA_BITS);
    return new CryptoSettings(allowed, bits, revocation);
  }

  private static boolean endsWithAny(String name, Set<String> endings) {
    return endings.stream().anyMatch(name::endsWith);
  }

  /** What of {@code safe} the setting names; all of it when it is not there. */
  private static Set<String> left(PropertyAsker ask, String key, List<String> safe) {
    List<String> named = new ArrayList<>(ask.listed(key));
    Set<String> left = new LinkedHashSet<>();
    for (String text : named) {
      String name = text.toLowerCase(Locale.ROOT);
      if (safe.contains(name)) {
        left.add(name);
      } else {
        ask.wrong(key, "CRYPTO_NOT_SAFE", key, text, String.join(", ", safe));
      }
    }
    return named.isEmpty() ? new LinkedHashSet<>(safe) : left;
  }
}
