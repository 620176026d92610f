package nl.wotpoort.route.smtp;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.internal.server.BaseCommand;
import org.subethamail.smtp.internal.server.CommandHandler;
import org.subethamail.smtp.server.Session;

/**
 * The commands of a mail transaction. SubEthaSMTP's own do not hold the size limit on DATA, leave
 * the rest of a refused mail to be run as commands, take a mail for whole whose connection dropped
 * in BDAT, and know no LMTP; so these stand in their place, and BDAT is not offered. Its session,
 * its line reader (which refuses a lone CR or LF) and its STARTTLS (which forgets what was sent
 * ahead) stay. Thread-safe.
 */
final class Commands {

  /** After so many mistakes the other side is not a mail server. */
  private static final int PATIENCE = 20;

  /**
   * For a large mail, until there is memory for it. The other side waits two minutes for 354 and
   * ten for the end (RFC 5321 §4.5.3.2).
   */
  private static final Duration WAIT_FOR_ROOM = Duration.ofMinutes(1);

  /** Stores a mail for its recipients, or says why not; returns when it is on the disk. */
  interface Counter {
    Optional<String> take(List<Address> recipients, Bytes raw);

    boolean serves(Address recipient);
  }

  private final SmtpDoor door;
  private final Readiness readiness;
  private final Counter counter;
  private final Room room;
  private final Map<Session, Integer> mistakes = new ConcurrentHashMap<>();

  Commands(SmtpDoor door, Readiness readiness, Counter counter) {
    this.door = door;
    this.readiness = readiness;
    this.counter = counter;
    this.room = Room.forMailsOf(door.maxBytes());
  }

  void replaceIn(CommandHandler handler) {
    boolean lmtp = door.protocol() == SmtpDoor.Protocol.LMTP;
    add(handler, "EHLO", lmtp ? this::notHere : this::hello);
    add(handler, "HELO", lmtp ? this::notHere : this::plainHello);
    add(handler, "LHLO", lmtp ? this::hello : this::notHere);
    add(handler, "MAIL", this::mail);
    add(handler, "RCPT", this::recipient);
    add(handler, "DATA", this::data);
    for (String not : List.of("BDAT", "AUTH", "VRFY", "EXPN", "HELP")) {
      add(handler, not, this::notHere);
    }
  }

  void forget(Session session) {
    mistakes.remove(session);
  }

  private interface Step {
    void run(String line, Session session) throws IOException, DropConnectionException;
  }

  private static void add(CommandHandler handler, String name, Step step) {
    handler.addCommand(
        new BaseCommand(name, name) {
          @Override
          public void execute(String line, Session session)
              throws IOException, DropConnectionException {
            step.run(line, session);
          }
        });
  }

  private void notHere(String line, Session session) throws IOException, DropConnectionException {
    wrong(session, "502 5.5.1 not offered here");
  }

  private void wrong(Session session, String reply) throws IOException, DropConnectionException {
    if (mistakes.merge(session, 1, Integer::sum) > PATIENCE) {
      throw new DropConnectionException(421, "4.7.0 too many mistakes");
    }
    session.sendResponse(reply);
  }

  private void hello(String line, Session session) throws IOException, DropConnectionException {
    if (!greeted(line, session)) {
      return;
    }
    session.sendResponse("250-" + door.greeting());
    session.sendResponse("250-SIZE " + door.maxBytes());
    session.sendResponse("250-8BITMIME");
    session.sendResponse("250-SMTPUTF8");
    session.sendResponse("250-PIPELINING");
    if (door.tls().isPresent() && !session.isTLSStarted()) {
      session.sendResponse("250-STARTTLS");
    }
    session.sendResponse("250 ENHANCEDSTATUSCODES");
  }

  private void plainHello(String line, Session session)
      throws IOException, DropConnectionException {
    if (greeted(line, session)) {
      session.sendResponse("250 " + door.greeting());
    }
  }

  private boolean greeted(String line, Session session)
      throws IOException, DropConnectionException {
    String name = line.length() < 5 ? "" : line.substring(5).strip();
    if (name.isEmpty()) {
      wrong(session, "501 5.5.4 who are you?");
      return false;
    }
    session.resetMailTransaction();
    session.setHelo(name);
    return true;
  }

  private void mail(String line, Session session) throws IOException, DropConnectionException {
    Optional<Path> path = Path.parse(line);
    if (session.getHelo().isEmpty()) {
      wrong(session, "503 5.5.1 say hello first");
    } else if (door.tls().isPresent() && !session.isTLSStarted()) {
      wrong(session, "530 5.7.0 STARTTLS first");
    } else if (session.isMailTransactionInProgress()) {
      wrong(session, "503 5.5.1 one mail at a time");
    } else if (path.isEmpty()) {
      wrong(session, "501 5.5.4 MAIL FROM:<address>");
    } else {
      Optional<String> refusal = parameters(path.get()).or(readiness::refusal);
      if (refusal.isPresent()) {
        session.sendResponse(refusal.get());
        return;
      }
      session.startMailTransaction();
      ((Transaction) session.getMessageHandler()).announce(announced(path.get()));
      session.sendResponse("250 2.1.0 go on");
    }
  }

  /** SIZE (RFC 1870), BODY (RFC 6152), SMTPUTF8 (RFC 6531); what else there is was not offered. */
  private Optional<String> parameters(Path path) {
    for (String parameter : path.parameters()) {
      if (parameter.matches("SIZE=[0-9]{1,20}")) {
        String size = parameter.substring(5);
        if (size.length() > 18 || Long.parseLong(size) > door.maxBytes()) {
          return Optional.of(MailData.Fault.TOO_LARGE.reply());
        }
      } else if (!parameter.matches("BODY=(7BIT|8BITMIME)|SMTPUTF8")) {
        return Optional.of("555 5.5.4 a parameter that was not offered");
      }
    }
    return Optional.empty();
  }

  /** After {@link #parameters} found nothing wrong with it. */
  private static int announced(Path path) {
    return path.parameters().stream()
        .filter(parameter -> parameter.startsWith("SIZE="))
        .mapToInt(parameter -> Integer.parseInt(parameter.substring(5)))
        .max()
        .orElse(0);
  }

  private void recipient(String line, Session session) throws IOException, DropConnectionException {
    Optional<Path> path = Path.parse(line);
    if (!session.isMailTransactionInProgress()) {
      wrong(session, "503 5.5.1 MAIL first");
      return;
    }
    if (path.isEmpty() || !path.get().parameters().isEmpty()) {
      wrong(session, "501 5.5.4 RCPT TO:<address>");
      return;
    }
    Transaction transaction = (Transaction) session.getMessageHandler();
    Optional<Address> ours = Address.parse(path.get().address()).filter(counter::serves);
    if (ours.isEmpty()) {
      wrong(session, "550 5.1.1 no such address here");
    } else if (transaction.recipients().size() >= door.maxRecipients()) {
      session.sendResponse("452 4.5.3 too many recipients for one mail");
    } else {
      transaction.recipients().add(ours.get());
      session.sendResponse("250 2.1.5 yes");
    }
  }

  private void data(String line, Session session) throws IOException, DropConnectionException {
    if (!session.isMailTransactionInProgress()) {
      wrong(session, "503 5.5.1 MAIL first");
      return;
    }
    List<Address> recipients =
        List.copyOf(((Transaction) session.getMessageHandler()).recipients());
    if (recipients.isEmpty()) {
      wrong(session, "503 5.5.1 no recipient");
      return;
    }
    int announced = ((Transaction) session.getMessageHandler()).announced();
    Optional<Room.Share> share = room.share(announced, WAIT_FOR_ROOM);
    if (share.isEmpty()) {
      session.resetMailTransaction();
      session.sendResponse(MailData.Fault.NO_ROOM.reply());
      return;
    }
    String reply;
    try (Room.Share held = share.get()) {
      session.sendResponse("354 end with a dot on a line of its own");
      MailData data = new MailData(door.maxBytes(), held);
      data.read(session.getRawInput());
      reply =
          data.fault()
              .map(MailData.Fault::reply)
              .or(() -> counter.take(recipients, data.bytes()))
              .orElse("250 2.0.0 stored");
    }
    session.resetMailTransaction();
    int times = door.protocol() == SmtpDoor.Protocol.LMTP ? recipients.size() : 1;
    for (int i = 0; i < times; i++) {
      session.sendResponse(reply);
    }
  }
}
