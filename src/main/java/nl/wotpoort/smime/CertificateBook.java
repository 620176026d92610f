package nl.wotpoort.smime;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Address;

/**
 * The certificates to seal for, several per address: expired ones are passed over, the order does
 * not matter. What stands in it was approved by a person or a settings file. Immutable,
 * thread-safe.
 */
public final class CertificateBook {

  /** Without anybody in it. */
  public static final CertificateBook EMPTY = of(Map.of());

  private final Map<Address, List<X509Certificate>> entries;

  /** By the SHA-256 of their DER; made when it is first asked for. */
  private volatile Optional<Map<String, X509Certificate>> byDigest = Optional.empty();

  private CertificateBook(Map<Address, List<X509Certificate>> entries) {
    this.entries = entries;
  }

  public static CertificateBook of(Map<Address, ? extends List<X509Certificate>> entries) {
    Map<Address, List<X509Certificate>> copy = new LinkedHashMap<>();
    entries.forEach((address, list) -> copy.put(address, List.copyOf(list)));
    return new CertificateBook(copy);
  }

  public Set<Address> addresses() {
    return Set.copyOf(entries.keySet());
  }

  public List<X509Certificate> of(Address address) {
    return entries.getOrDefault(address, List.of());
  }

  /**
   * The certificate whose DER these very bytes are, so that it need not be parsed again: SHA-256
   * stands for the bytes. Empty when it is not in this book.
   */
  Optional<X509Certificate> known(byte[] der) {
    Map<String, X509Certificate> known = byDigest.orElseGet(this::indexed);
    return known.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(known.get(Certificates.sha256(der)));
  }

  /** Two threads may both make it: it is the same. */
  private Map<String, X509Certificate> indexed() {
    Map<String, X509Certificate> index = new HashMap<>();
    entries.values().forEach(list -> list.forEach(c -> index.put(Certificates.sha256(c), c)));
    byDigest = Optional.of(index);
    return index;
  }

  /** SHA-256 of each certificate of {@code address}, in hexadecimal digits, in order. */
  public List<String> fingerprints(Address address) {
    return of(address).stream().map(Certificates::sha256).sorted().toList();
  }

  /**
   * The newest certificate of {@code address} that is valid at {@code now} and may be sealed for.
   */
  Optional<X509Certificate> forSealing(Address address, Instant now) {
    return candidates(address, now).stream().findFirst();
  }

  /** All that are valid at {@code now} and may be sealed for, the newest first. */
  List<X509Certificate> candidates(Address address, Instant now) {
    return of(address).stream()
        .filter(c -> Certificates.isValidAt(c, now) && Certificates.mayReceive(c))
        .sorted(Comparator.comparing(X509Certificate::getNotBefore).reversed())
        .toList();
  }

  /** Whether one is of certs-sample/; a program for real mail refuses to start with any. */
  public boolean hasSample() {
    return entries.values().stream().flatMap(List::stream).anyMatch(Certificates::isSample);
  }
}
