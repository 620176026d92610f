package nl.wotpoort.desk;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.mime.Reading;
import nl.wotpoort.rules.judge.Judge;
import nl.wotpoort.smime.Finding;
import nl.wotpoort.smime.Opened;
import nl.wotpoort.store.Earlier;
import nl.wotpoort.store.Holds;

/**
 * Looks at one message: opens, reads, gathers the facts, judges. Writes nothing and sends nothing;
 * {@code wotpoort explain} is this and no more. Thread-safe.
 */
public final class Examiner {

  private final Rooms rooms;
  private final FactsReader facts;
  private final Judge judge;
  private final ReferralSteps steps;

  public Examiner(Rooms rooms) {
    this.rooms = rooms;
    this.facts = new FactsReader(rooms.directory(), rooms.store());
    this.judge =
        new Judge(rooms.directory(), rooms.tables(), rooms.identity().requests().partlyCovered());
    this.steps = new ReferralSteps(rooms);
  }

  /**
   * Examines a message.
   *
   * @param mailbox the address of ours it came to; its keys open it
   * @param receivedAt the moment its certificates are judged at, so that looking again later gives
   *     the same
   * @param now the moment consent and routing are judged at
   */
  public Examined examine(
      Bytes sealed, Address mailbox, Instant receivedAt, boolean secondPersonAgreed, Instant now) {
    return examine(
        sealed, mailbox, receivedAt, new Permission(secondPersonAgreed, false, Set.of()), now);
  }

  /** The same, with what people said about it. */
  Examined examine(
      Bytes sealed, Address mailbox, Instant receivedAt, Permission given, Instant now) {
    return open(sealed, mailbox, receivedAt, now)
        .fold(trusted -> examine(trusted, mailbox, given, now), Examined.Unverified::new);
  }

  /**
   * As on receipt. When that moment's revocation is not known, as now: a list that came in since
   * speaks of a later moment, and a certificate that is good now was not revoked then.
   */
  private Opened open(Bytes sealed, Address mailbox, Instant receivedAt, Instant now) {
    Opened then = rooms.opener().open(sealed, mailbox, receivedAt);
    return now.isAfter(receivedAt) && isUnknown(then)
        ? rooms.opener().open(sealed, mailbox, now)
        : then;
  }

  /** What comes first is that nobody could say whether a certificate was revoked. */
  static boolean isUnknown(Opened opened) {
    return opened.fold(
        trusted -> false, refused -> refused.finding() == Finding.REVOCATION_UNKNOWN);
  }

  private Examined examine(Opened.Trusted opened, Address mailbox, Permission given, Instant now) {
    Address signer = opened.signer().address();
    String digest = opened.content().contentSha256();
    Reading reading = rooms.reader().read(opened.content(), signer);
    Optional<Earlier> earlier = rooms.store().duplicates().of(signer, digest, mailbox);
    boolean other =
        !given.passes(Permission.CONFLICTING_COPY) && isOtherContent(reading, signer, digest);
    if (earlier.isPresent() || other) {
      return new Examined.Again(opened, reading, earlier);
    }
    return steps.checked(judge(opened, reading, mailbox, given, now), given);
  }

  /**
   * The same Message-ID to another mailbox of ours is fine; the same one over other content is not.
   */
  private boolean isOtherContent(Reading reading, Address signer, String digest) {
    return reading
        .head()
        .messageId()
        .flatMap(id -> rooms.store().duplicates().contentUnder(signer, id))
        .filter(seen -> !seen.equals(digest))
        .isPresent();
  }

  /** A message that was decided before, once more; empty when it does not open any more. */
  Optional<Examined.Judged> openedBefore(Holds.Original original, Instant now) {
    return open(original.sealed(), original.mailbox(), original.receivedAt(), now)
        .fold(
            trusted ->
                Optional.of(
                    judge(
                        trusted,
                        rooms.reader().read(trusted.content(), trusted.signer().address()),
                        original.mailbox(),
                        Permission.NONE,
                        now)),
            refused -> Optional.empty());
  }

  /** Judges a message that was opened before, whatever was decided about it then. */
  Examined.Judged judge(
      Opened.Trusted opened, Reading reading, Address mailbox, Permission given, Instant now) {
    FactsReader.Read known = facts.read(mailbox, reading, given, now);
    Judge.Judgement judgement = judge.judgement(reading.letter(), known.facts());
    return new Examined.Judged(
        opened, reading, known.facts(), known.client(), judgement.decision(), judgement.routed());
  }
}
