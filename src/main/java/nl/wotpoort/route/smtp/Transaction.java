package nl.wotpoort.route.smtp;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import nl.wotpoort.letter.Address;
import org.subethamail.smtp.MessageHandler;

/** The recipients of the mail that is being sent; ends at RSET, a new EHLO, and after DATA. */
final class Transaction implements MessageHandler {

  private final List<Address> recipients = new ArrayList<>();
  private int announced;

  List<Address> recipients() {
    return recipients;
  }

  /** How many bytes are announced (RFC 1870); 0 when nothing was. */
  int announced() {
    return announced;
  }

  void announce(int bytes) {
    announced = bytes;
  }

  @Override
  public void from(String from) {
    throw new AssertionError("our own commands take its place");
  }

  @Override
  public void recipient(String recipient) {
    throw new AssertionError("our own commands take its place");
  }

  @Override
  public String data(InputStream data) {
    throw new AssertionError("our own commands take its place");
  }

  @Override
  public void done() {
    recipients.clear();
    announced = 0;
  }
}
