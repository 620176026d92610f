package nl.wotpoort.store;

/**
 * What the next hop said: the SMTP code (0 when there was none) and its text. The text may name an
 * address, so it is encrypted on the disk.
 */
public record Reply(int code, String text) {}
