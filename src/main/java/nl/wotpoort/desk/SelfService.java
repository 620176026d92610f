package nl.wotpoort.desk;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.directory.Mailbox.Desk.Kind;
import nl.wotpoort.directory.Partner;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.VerifiedContent;
import nl.wotpoort.mime.Heading;
import nl.wotpoort.mime.PlainLetter;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.smime.Finding;
import nl.wotpoort.smime.Opened;
import nl.wotpoort.smime.Signer;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.Claimed;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.Fingerprint;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.store.Posting;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * The desks the gateway minds itself: the smoelenboek for a practice that asks for it, and the
 * checks of one's own mail at ping. Both answer with a sealed letter to the verified signer and to
 * nobody else, and hold nothing of the mail that asked. Who may have what: docs/decisions.
 */
final class SelfService {

  private static final String PING = "PING";

  private final Rooms rooms;
  private final Envelopes envelopes;
  private final Language language;
  private final Texts texts;

  SelfService(Rooms rooms) {
    this.rooms = rooms;
    this.envelopes = new Envelopes(rooms);
    this.language = rooms.identity().language();
    this.texts = Texts.of("desk", language);
  }

  /**
   * The answer to a verified mail at one of these desks; empty when the mail goes the usual way: at
   * another mailbox, written by a machine, or by somebody who may not have it.
   */
  Optional<Posting> answer(Claimed claimed, Examined.Judged judged, Instant now) {
    Optional<Kind> kind = kind(claimed.mailbox());
    if (kind.isEmpty() || judged.decision() instanceof Decision.File) {
      return Optional.empty();
    }
    Address sender = judged.opened().signer().address();
    Optional<Sealing> sealing = rooms.directory().sealingFor(sender).or(() -> ofPractice(sender));
    if (sealing.isEmpty() || isRefused(judged.decision())) {
      return Optional.empty();
    }
    return switch (kind.get()) {
      case PING -> ping(claimed, judged, sealing.get(), now);
      case SMOELENBOEK ->
          rooms.directory().party(sender).filter(p -> p.kind().equals("gp")).isEmpty()
              ? Optional.empty()
              : posting(
                  claimed,
                  judged,
                  "SMOELENBOEK_SENT",
                  book(claimed, sender, sealing.get(), now),
                  now);
      default -> Optional.empty();
    };
  }

  private Optional<Posting> ping(
      Claimed claimed, Examined.Judged judged, Sealing sealing, Instant now) {
    Address sender = judged.opened().signer().address();
    String text = checks(judged, isConfirmedBy(sender, judged, now));
    return posting(
        claimed, judged, PING, letter(claimed, sender, sealing, text, List.of(), "ping", now), now);
  }

  /**
   * A new delivery address that gives its own code back, from that address and verified.
   *
   * <p>What if the process dies after this? The address is confirmed and the mail is answered
   * again, as any other.
   */
  private boolean isConfirmedBy(Address sender, Examined.Judged judged, Instant now) {
    if (!rooms.directory().isAwaited(sender)
        || !(judged.reading().letter() instanceof Letter.FreeText said)) {
      return false;
    }
    return DeliveryCodes.in(said.text().reveal()).stream()
        .anyMatch(code -> rooms.store().deliveries().confirmBy(sender, code, now));
  }

  /** Of a sender in the domain of an organisation whose certificate signed. */
  private Optional<Sealing> ofPractice(Address sender) {
    return rooms.directory().partnerOf(sender).map(Partner::sealing);
  }

  private Optional<Kind> kind(Address mailbox) {
    return rooms
        .directory()
        .mailbox(mailbox)
        .filter(Mailbox.Desk.class::isInstance)
        .map(m -> ((Mailbox.Desk) m).kind());
  }

  /** A stranger, or a locum whose days are over: for a person. */
  private static boolean isRefused(Decision decision) {
    return decision instanceof Decision.Hold hold
        && hold.cause() == Decision.Hold.Cause.UNKNOWN_SENDER;
  }

  private Optional<Posting> posting(
      Claimed claimed,
      Examined.Judged judged,
      String event,
      Optional<OutgoingLetter> letter,
      Instant now) {
    Signer signer = judged.opened().signer();
    Fingerprint fingerprint =
        new Fingerprint(
            signer.address(),
            judged.opened().content().contentSha256(),
            claimed.mailbox(),
            judged.reading().head().messageId());
    JournalEntry entry =
        JournalEntry.of(
                now,
                event,
                JournalEntry.Action.READ,
                Actor.of(
                    signer.address().toString(),
                    judged.facts().sender().map(p -> p.kind()).orElse("stranger")),
                claimed.ref())
            .comingFrom(claimed.source());
    return letter.map(
        l -> Posting.done(fingerprint, Consequences.none().sending(l).journalling(entry)));
  }

  private Optional<OutgoingLetter> book(
      Claimed claimed, Address sender, Sealing sealing, Instant now) {
    Smoelenboek book = Smoelenboek.of(rooms.directory(), rooms.keys(), now, language);
    List<PlainLetter.File> files =
        List.of(
            file("smoelenboek.csv", "text/csv; charset=utf-8", book.csv()),
            file("smoelenboek.html", "text/html; charset=utf-8", book.html()));
    return letter(claimed, sender, sealing, book.text(), files, "smoelenboek", now);
  }

  private static PlainLetter.File file(String name, String type, String text) {
    return new PlainLetter.File(name, type, Bytes.of(text, StandardCharsets.UTF_8));
  }

  /** What was looked at and found good, a line each. Nothing of the content. */
  private String checks(Examined.Judged judged, boolean confirmed) {
    Opened.Trusted opened = judged.opened();
    Signer signer = opened.signer();
    List<String> lines = new ArrayList<>();
    lines.add(texts.say("ping.intro"));
    lines.add("");
    lines.add(
        texts.say(
            "ping.encrypted", opened.algorithms().cipher(), opened.algorithms().keyEncryption()));
    lines.add(
        texts.say("ping.signed", opened.algorithms().signature(), opened.algorithms().digest()));
    lines.add(
        texts.say(
            "ping.trusted",
            signer.name(),
            signer.issuerName(),
            signer.notAfter().atZone(Moment.AMSTERDAM).toLocalDate()));
    lines.add(
        texts.say(
            opened.remarks().contains(Finding.REVOCATION_UNKNOWN)
                ? "ping.revocation.unknown"
                : "ping.revocation"));
    lines.add(texts.say("ping.from", signer.address()));
    lines.add(
        texts.say(
            opened.content().protection() == VerifiedContent.Protection.BARE
                ? "ping.headers.bare"
                : "ping.headers"));
    judged.facts().sender().ifPresent(party -> lines.add(texts.say("ping.known", party.path())));
    if (confirmed) {
      lines.add(texts.say("code.confirmed"));
    }
    lines.add(texts.say("ping.form", judged.reading().letter().getClass().getSimpleName()));
    lines.add("");
    lines.add(texts.say("ping.end", rooms.identity().phone()));
    return String.join("\n", lines) + "\n";
  }

  /**
   * To somebody half-way, sealed and once a day: who verifiably signed and only forgot to encrypt,
   * or whose header differs; and, where everything verified but the revocation of his certificate,
   * an address that stands in partners.yaml itself. Before a verified signature nobody hears
   * anything: an answer would tell a stranger what could be decrypted, or reach whoever was written
   * in From.
   */
  Optional<OutgoingLetter> halfWay(Claimed claimed, Opened.Refused refused, Instant now) {
    if (!kind(claimed.mailbox()).equals(Optional.of(Kind.PING))) {
      return Optional.empty();
    }
    boolean onlyRevocation = refused.all().equals(List.of(Finding.REVOCATION_UNKNOWN));
    Optional<Address> whom =
        onlyRevocation
            ? refused.claimedFrom().filter(from -> rooms.directory().professional(from).isPresent())
            : refused.signer();
    return whom.flatMap(from -> halfWay(claimed, from, refused.finding(), now));
  }

  private List<String> halfWay(Finding lacking) {
    return switch (lacking) {
      case NOT_ENCRYPTED -> List.of("ping.encrypted.no", "ping.signed.yes");
      case HEADER_MISMATCH -> List.of("ping.encrypted.yes", "ping.signed.yes", "ping.headers.no");
      default -> List.of("ping.encrypted.yes", "ping.signed.yes", "ping.revocation.no");
    };
  }

  private Optional<OutgoingLetter> halfWay(
      Claimed claimed, Address from, Finding lacking, Instant now) {
    List<String> lines = new ArrayList<>(List.of(texts.say("ping.intro"), ""));
    halfWay(lacking).forEach(key -> lines.add(texts.say(key)));
    lines.addAll(List.of("", texts.say("ping.end", rooms.identity().phone())));
    String text = String.join("\n", lines) + "\n";
    return rooms
        .directory()
        .sealingFor(from)
        .flatMap(sealing -> letter(claimed, from, sealing, text, List.of(), "ping", now))
        .map(
            letter ->
                letter.oncePer(
                    new OutgoingLetter.NoticeSlot(
                        from, PING, now.atZone(Moment.AMSTERDAM).toLocalDate())));
  }

  private Optional<OutgoingLetter> letter(
      Claimed claimed,
      Address to,
      Sealing sealing,
      String text,
      List<PlainLetter.File> files,
      String purpose,
      Instant now) {
    Heading heading =
        envelopes.heading(
            rooms.identity().gateway(),
            Optional.of(rooms.identity().organisation()),
            to,
            Optional.empty(),
            envelopes.messageId(claimed.ref(), purpose, to, 0),
            Optional.empty(),
            now);
    PlainLetter plain = new PlainLetter(heading, texts.say(purpose + ".subject"), text, files);
    try {
      Bytes sealed =
          envelopes.seal(rooms.writer().plain(plain), heading, sealing, Optional.empty(), true);
      return Optional.of(
          OutgoingLetter.of(OutgoingLetter.Kind.NOTICE, heading.messageId(), to, sealed));
    } catch (CannotSeal noCertificate) {
      return Optional.empty();
    }
  }
}
