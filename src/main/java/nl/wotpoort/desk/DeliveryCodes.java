package nl.wotpoort.desk;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.letter.Address;
import nl.wotpoort.mime.Heading;
import nl.wotpoort.mime.PlainLetter;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.store.DeliveryBook;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.texts.Texts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends every new delivery address one sealed letter with a code, and has what waited for an answer
 * go on: whoever reads it out to the administrator, or sends it back, has shown that mail arrives
 * there and can be opened. A chore: once over all nodes. Thread-safe.
 *
 * <p>What if the process dies? The code and its letter are written together; before that another
 * code is made next time.
 */
public final class DeliveryCodes implements Chores.Work {

  /** How often to look for new addresses. */
  public static final Duration INTERVAL = Duration.ofMinutes(1);

  /** Sixty bits, in signs nobody takes for one another. */
  private static final String SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final int GROUPS = 3;
  private static final int IN_GROUP = 4;
  private static final Pattern CODE =
      Pattern.compile("(?<![0-9A-Z-])[" + SIGNS + "]{4}(?:-[" + SIGNS + "]{4}){2}(?![0-9A-Z-])");
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryCodes.class);

  private final Supplier<Rooms> rooms;
  private final SecureRandom random = new SecureRandom();

  public DeliveryCodes(Supplier<Rooms> rooms) {
    this.rooms = rooms;
  }

  @Override
  public void at(Instant now) {
    Rooms here = rooms.get();
    for (DeliveryBook.Awaited awaited : here.store().deliveries().awaited()) {
      // one that is in no directory any more waits until it comes back into one
      Optional<Sealing> sealing =
          here.directory().isAwaited(awaited.address())
              ? here.directory().sealingFor(awaited.address())
              : Optional.empty();
      if (awaited.sentAt().isEmpty() && sealing.isPresent()) {
        send(here, awaited, sealing.get(), now);
      }
    }
    new AwaitedMail(here).goOn(now);
  }

  private void send(Rooms here, DeliveryBook.Awaited awaited, Sealing sealing, Instant now) {
    String code = code();
    try {
      OutgoingLetter letter = letter(here, awaited, sealing, code, now);
      if (here.store().deliveries().send(awaited.address(), code, letter, now)) {
        LOG.info("a code was sent to a new delivery address: letter={}", letter.messageId());
      }
    } catch (CannotSeal why) {
      LOG.warn("no code for a new delivery address, it cannot be sealed for: {}", why.reason());
    }
  }

  private String code() {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < GROUPS * IN_GROUP; i++) {
      code.append(i > 0 && i % IN_GROUP == 0 ? "-" : "");
      code.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
    }
    return code.toString();
  }

  /** A code as it was written, whatever a person made of case, spaces, hyphens, O and I. */
  public static String levelled(String written) {
    String signs =
        written
            .toUpperCase(Locale.ROOT)
            .replaceAll("[\\s-]", "")
            .replace('O', '0')
            .replace('I', '1')
            .replace('L', '1');
    return signs.length() == GROUPS * IN_GROUP
        ? String.join("-", signs.substring(0, 4), signs.substring(4, 8), signs.substring(8))
        : signs;
  }

  /** The codes in a text that came back, quoted or not. */
  static List<String> in(String text) {
    return CODE.matcher(text).results().map(MatchResult::group).toList();
  }

  private static OutgoingLetter letter(
      Rooms here, DeliveryBook.Awaited awaited, Sealing sealing, String code, Instant now)
      throws CannotSeal {
    Envelopes envelopes = new Envelopes(here);
    Texts texts = Texts.of("desk", here.identity().language());
    Address to = awaited.address();
    Optional<Address> ping =
        here.directory().desk(Mailbox.Desk.Kind.PING).map(Mailbox.Desk::address);
    Heading heading =
        envelopes.heading(
            here.identity().gateway(),
            Optional.of(here.identity().organisation()),
            to,
            ping,
            envelopes.messageId("delivery", "code", to, awaited.sends()),
            Optional.empty(),
            now);
    String text =
        texts.say("code.text", to, code)
            + "\n\n"
            + ping.map(desk -> texts.say("code.reply", desk))
                .orElseGet(() -> texts.say("code.call"))
            + "\n";
    PlainLetter plain = new PlainLetter(heading, texts.say("code.subject"), text, List.of());
    return OutgoingLetter.of(
            OutgoingLetter.Kind.NOTICE,
            heading.messageId(),
            to,
            envelopes.seal(here.writer().plain(plain), heading, sealing, Optional.empty(), true))
        .sentFrom(here.identity().gateway());
  }
}
