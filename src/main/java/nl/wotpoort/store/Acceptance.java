package nl.wotpoort.store;

/**
 * What {@link MessageQueue#received} answers once the mail is on the disk. {@code known}: it was
 * already there under this origin; the intake does with it exactly what it does with a new one.
 */
public record Acceptance(MessageRef ref, boolean known) {}
