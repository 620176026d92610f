package nl.wotpoort.route.imap;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One account; mail only comes from it. */
final class ImapEndpoint extends DefaultEndpoint {

  private final ImapComponent imap;
  private final ImapAccount account;

  ImapEndpoint(String uri, ImapComponent imap, ImapAccount account) {
    super(uri, imap);
    this.imap = imap;
    this.account = account;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException("an intake sends nothing");
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    return new ImapConsumer(this, processor, imap, account);
  }
}
