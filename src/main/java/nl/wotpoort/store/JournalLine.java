package nl.wotpoort.store;

/** An entry with its place in the chain: {@code sequence} counts from 1 without gaps. */
public record JournalLine(long sequence, JournalEntry entry, String hash) {}
