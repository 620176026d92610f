package nl.wotpoort.route.smtp;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One listener; mail only comes from it. */
final class SmtpEndpoint extends DefaultEndpoint {

  private final SmtpComponent smtp;
  private final SmtpDoor door;

  SmtpEndpoint(String uri, SmtpComponent smtp, SmtpDoor door) {
    super(uri, smtp);
    this.smtp = smtp;
    this.door = door;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException("an intake sends nothing");
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    return new SmtpConsumer(this, processor, smtp, door);
  }
}
