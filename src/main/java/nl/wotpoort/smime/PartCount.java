package nl.wotpoort.smime;

import nl.wotpoort.letter.Bytes;

/**
 * Counts the parts of what was verified, attached mails included, and how deep they stand. Above
 * the numbers nobody behind the gateway reads on (the mime room has the same two), and a mail
 * program that does may fall over it. What cannot be cut into parts is not judged here.
 */
final class PartCount {

  static final int DEEPEST = 30;
  static final int MOST = 1000;

  private final Limits limits;
  private int parts;

  private PartCount(Limits limits) {
    this.limits = limits.withParts(MOST);
  }

  /** A fault when there are too many, or too deep ones. */
  static void check(Entity entity, Limits limits) throws Fault {
    new PartCount(limits).count(entity, 1);
  }

  private void count(Entity entity, int depth) throws Fault {
    if (depth > DEEPEST) {
      throw Fault.tooLarge("parts nested deeper than " + DEEPEST);
    }
    if (++parts > MOST) {
      throw Fault.tooLarge("more than " + MOST + " parts in all");
    }
    try {
      ContentType type = entity.contentType();
      if (type.isMessage()) {
        count(Entity.read(entity.body(), limits), depth + 1);
      } else if (type.isMultipart()) {
        for (Bytes part : SignedContent.parts(entity, type, limits)) {
          count(Entity.read(part, limits), depth + 1);
        }
      }
    } catch (Fault fault) {
      if (fault.finding() == Finding.TOO_LARGE) {
        throw fault;
      }
    }
  }
}
