package nl.wotpoort.smime;

/** What a token that was taken out answers, for tests of the rooms around this one. */
public final class GoneToken {

  private GoneToken() {}

  public static KeyTokenAway answer() {
    return new KeyTokenAway(new Exception("taken out"));
  }
}
