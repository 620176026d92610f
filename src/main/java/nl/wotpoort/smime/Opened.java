package nl.wotpoort.smime;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.VerifiedContent;

/**
 * What became of opening an envelope. Closed: ask with {@link #fold}. Only {@link Trusted} gives
 * content, so content that was not verified cannot be reached. Immutable.
 */
public sealed interface Opened {

  <R> R fold(Function<Trusted, R> trusted, Function<Refused, R> refused);

  /**
   * Encrypted for the mailbox, signed by somebody trusted who is the one in From.
   *
   * @param remarks findings that the settings let pass (revocation-unknown under {@link
   *     PartnerGroup.WhenUnknown#ACCEPT}, not-encrypted under {@link SignedOnly}); mostly empty
   */
  record Trusted(
      Signer signer, VerifiedContent content, List<Finding> remarks, Algorithms algorithms)
      implements Opened {
    public Trusted {
      remarks = List.copyOf(remarks);
    }

    @Override
    public <R> R fold(Function<Trusted, R> trusted, Function<Refused, R> refused) {
      return trusted.apply(this);
    }
  }

  /**
   * Not to be read.
   *
   * @param finding the first thing wrong
   * @param detail technical, in English, without personal data: for the journal and {@code wotpoort
   *     open}
   * @param claimedFrom the address in the outer From, when it is exactly one. Anybody can write it.
   * @param all everything found wrong, the first one first; later checks are made only as far as
   *     the earlier ones allow
   * @param signer who verifiably signed it, when everything about him holds and only the encryption
   *     is missing or the header differs; never from what had to be decrypted and did not verify
   */
  record Refused(
      Finding finding,
      String detail,
      Optional<Address> claimedFrom,
      List<Finding> all,
      Optional<Address> signer)
      implements Opened {
    public Refused {
      all = List.copyOf(all);
    }

    /** Nobody verifiably signed it. */
    public Refused(
        Finding finding, String detail, Optional<Address> claimedFrom, List<Finding> all) {
      this(finding, detail, claimedFrom, all, Optional.empty());
    }

    @Override
    public <R> R fold(Function<Trusted, R> trusted, Function<Refused, R> refused) {
      return refused.apply(this);
    }
  }
}
