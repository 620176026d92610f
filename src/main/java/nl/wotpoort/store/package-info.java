/**
 * Remembers: sealed originals, the outbox, cases, the consent register and the journal. {@link
 * nl.wotpoort.store.Store} is the door; docs/queue.md is the table it keeps to. Trusts the disk to
 * keep what was fsynced and nothing to keep a secret: what is personal is sealed or keyed here.
 */
@NullMarked
package nl.wotpoort.store;

import org.jspecify.annotations.NullMarked;
