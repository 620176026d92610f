package nl.wotpoort.smime;

import java.util.List;

/**
 * Where else than in files a partner group's revocation is looked up. Immutable.
 *
 * @param crls addresses of lists in the settings
 * @param responders addresses of OCSP responders in the settings
 * @param named what is done with addresses in certificates
 */
public record RevocationLookup(
    RevocationSource source, List<String> crls, List<String> responders, Named named) {

  /** FOLLOWED: of a certificate whose path was verified to an anchor, never of another. */
  public enum Named {
    FOLLOWED,
    IGNORED
  }

  /** Files only. */
  public static final RevocationLookup NONE =
      new RevocationLookup(RevocationSource.NONE, List.of(), List.of(), Named.IGNORED);

  public RevocationLookup {
    crls = List.copyOf(crls);
    responders = List.copyOf(responders);
  }

  boolean asksAnybody() {
    return source != RevocationSource.NONE;
  }
}
