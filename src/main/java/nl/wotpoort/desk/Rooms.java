package nl.wotpoort.desk;

import java.time.Clock;
import java.util.function.Supplier;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.mime.LetterReader;
import nl.wotpoort.mime.LetterWriter;
import nl.wotpoort.rules.consent.PolicyTables;
import nl.wotpoort.smime.EnvelopeOpener;
import nl.wotpoort.smime.EnvelopeSealer;
import nl.wotpoort.smime.KeyRing;
import nl.wotpoort.store.Marks;
import nl.wotpoort.store.Store;

/**
 * The rooms a message walks through, furnished and ready. Immutable; everything in it is
 * thread-safe.
 *
 * @param marks makes Message-IDs nobody can foresee
 * @param caseNumbers draws a new number each time; one that is taken is drawn again
 * @param node what this machine calls itself where several share one store
 */
public record Rooms(
    Identity identity,
    Directory directory,
    PolicyTables tables,
    KeyRing keys,
    EnvelopeOpener opener,
    EnvelopeSealer sealer,
    LetterReader reader,
    LetterWriter writer,
    Store store,
    Marks marks,
    Supplier<CaseNumber> caseNumbers,
    Clock clock,
    String node) {

  /** The same with another directory, whose certificates are those known already. */
  Rooms with(Directory other) {
    return with(other, keys, opener, sealer);
  }

  /** The same with another directory, other keys, and who is trusted and sealed for after them. */
  Rooms with(Directory other, Furnishing.Keys around) {
    return with(other, around.ring(), around.opener(), around.sealer());
  }

  private Rooms with(
      Directory other, KeyRing ring, EnvelopeOpener opening, EnvelopeSealer sealing) {
    return new Rooms(
        identity,
        other,
        tables,
        ring,
        opening,
        sealing,
        reader,
        writer,
        store,
        marks,
        caseNumbers,
        clock,
        node);
  }
}
