package nl.wotpoort.scenarios;

import java.util.List;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;

/**
 * Mail servers on the loopback: SMTP and IMAP, all mail for the gateway's domain in one intake
 * mailbox, everybody else a mailbox of his own.
 */
interface PostOffice extends AutoCloseable {

  String INTAKE = "intake";
  String PASSWORD = "postvak-geheim";
  String OURS = "@wotschiedam.nl";

  /**
   * The envelope of a mail that was taken.
   *
   * @param from empty for the null return path
   */
  record Envelope(String from, String to) {}

  /** GreenMail, at free ports. */
  static PostOffice open() {
    return openAt(0);
  }

  /** GreenMail with SMTP at a port chosen before; 0 is any free one. */
  static PostOffice openAt(int smtpPort) {
    return GreenMailOffice.openAt(smtpPort);
  }

  /** Where the world outside brings its mail. */
  int smtpPort();

  int imapPort();

  /** Settings that say how the gateway is to reach these servers, when they ask more than ports. */
  default List<String> settings() {
    return List.of(
        "intake.alles.security = none",
        "intake.alles.host = 127.0.0.1",
        "intake.alles.user = " + INTAKE,
        "submission.host = 127.0.0.1",
        "submission.security = none");
  }

  /** Where the gateway brings its mail. */
  default int submissionPort() {
    return smtpPort();
  }

  void acceptIntakePassword(String password);

  List<Envelope> envelopes();

  /** How many mails the gateway has still to fetch. */
  int inIntake();

  /** How many mails a folder of the intake's account holds; 0 when there is none of that name. */
  int inFolder(String name);

  List<String> intakeFolders();

  /** The mails in somebody's inbox, in order of arrival, as they came. */
  List<Bytes> inbox(Address address);

  @Override
  void close();
}
