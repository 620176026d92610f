package nl.wotpoort.smime;

import java.security.interfaces.EdECPublicKey;
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
 * The keys of the mailboxes: several per mailbox, so that keys can roll over. Reading may use every
 * key of the addressed mailbox, expired ones too, and none of another mailbox; signing uses the
 * newest valid one. Immutable, thread-safe.
 */
public final class KeyRing {

  private final Map<Address, List<KeyEntry>> entries;

  private KeyRing(Map<Address, List<KeyEntry>> entries) {
    this.entries = entries;
  }

  public static KeyRing of(Map<Address, ? extends List<KeyEntry>> entries) {
    Map<Address, List<KeyEntry>> copy = new LinkedHashMap<>();
    entries.forEach((address, keys) -> copy.put(address, List.copyOf(keys)));
    return new KeyRing(copy);
  }

  public Set<Address> mailboxes() {
    return Set.copyOf(entries.keySet());
  }

  /** Every key of that mailbox; empty when it has none. */
  public List<KeyEntry> of(Address mailbox) {
    return entries.getOrDefault(mailbox, List.of());
  }

  /**
   * The key to sign with: valid at {@code now}, meant for signatures, the newest of those (by start
   * of validity, then by order given). One of Ed25519, which many mail programs cannot verify, only
   * when there is no other.
   */
  public Optional<KeyEntry> forSigning(Address mailbox, Instant now) {
    return forSigning(mailbox, Recipient.Signature.USUAL, now);
  }

  /** The same among the keys that can make such a signature. */
  public Optional<KeyEntry> forSigning(Address mailbox, Recipient.Signature wanted, Instant now) {
    return of(mailbox).stream()
        .filter(k -> k.isValidAt(now) && Certificates.maySign(k.certificate()))
        .filter(k -> wanted.isMadeBy(k.certificate().getPublicKey()))
        .max(
            Comparator.<KeyEntry, Boolean>comparing(
                    k -> !(k.certificate().getPublicKey() instanceof EdECPublicKey))
                .thenComparing(k -> k.certificate().getNotBefore()));
  }

  /** Keys of certs-sample/; a program for real mail refuses to start with any. */
  public List<KeyEntry> samples() {
    List<KeyEntry> samples = new ArrayList<>();
    entries
        .values()
        .forEach(keys -> keys.stream().filter(KeyEntry::isSample).forEach(samples::add));
    return samples;
  }
}
