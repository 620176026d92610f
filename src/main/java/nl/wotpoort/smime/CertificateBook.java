package nl.wotpoort.smime;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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

  private final Map<Address, List<X509Certificate>> entries;

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

  /** Certificates of certs-sample/; a program for real mail refuses to start with any. */
  public List<X509Certificate> samples() {
    List<X509Certificate> samples = new ArrayList<>();
    entries.values().forEach(l -> l.stream().filter(Certificates::isSample).forEach(samples::add));
    return samples;
  }
}
