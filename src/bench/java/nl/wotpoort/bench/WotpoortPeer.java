package nl.wotpoort.bench;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.smime.AlgorithmPolicy;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.smime.CertificateBook;
import nl.wotpoort.smime.EnvelopeOpener;
import nl.wotpoort.smime.EnvelopeSealer;
import nl.wotpoort.smime.KeyRing;
import nl.wotpoort.smime.Limits;
import nl.wotpoort.smime.OuterHead;
import nl.wotpoort.smime.Recipient;
import nl.wotpoort.smime.Trust;

/**
 * Ours, as the gateway opens and seals: path and CRLs checked, the verified path kept as in
 * service. Arguments: the folder, and the {@link Recipient.Cipher} to seal with.
 */
final class WotpoortPeer implements Peer {

  private final Clock clock = Clock.systemUTC();
  private final Address mailbox = Address.of(MAILBOX);
  private final Address team = Address.of(TEAM);
  private final Recipient reader;
  private final Bytes letter;
  private final EnvelopeOpener opener;
  private final EnvelopeSealer sealer;

  private WotpoortPeer(Bytes letter, Recipient.Cipher cipher) {
    this.letter = letter;
    this.reader = Recipient.of(team).with(cipher);
    Path home = BenchHome.make();
    Trust trust = BenchHome.keys(BenchHome.configuration(home, clock)).trust();
    BenchHome.delete(home);
    KeyRing ring = KeyRing.of(Map.of(mailbox, BenchHome.sampleKey("gateway/oost")));
    opener = EnvelopeOpener.of(ring, trust, AlgorithmPolicy.defaults());
    sealer =
        EnvelopeSealer.of(
            ring,
            CertificateBook.of(
                Map.of(team, List.of(BenchHome.sampleKey("team/oost").get(0).certificate()))),
            AlgorithmPolicy.defaults(),
            Limits.defaults(),
            new SecureRandom());
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Bytes letter = Bytes.wrap(Files.readAllBytes(folder.resolve("letter")));
    PeerLoop.obey(new WotpoortPeer(letter, Recipient.Cipher.valueOf(arguments[1])), folder);
  }

  @Override
  public Content open(byte[] mail) {
    return opener
        .open(Bytes.wrap(mail), mailbox, clock.instant())
        .fold(
            trusted -> new Entity(trusted.content().entity()),
            refused -> {
              throw new IllegalStateException(refused.finding() + ": " + refused.detail());
            });
  }

  @Override
  public byte[] seal() throws CannotSeal {
    Instant now = clock.instant();
    OuterHead head = OuterHead.of(mailbox, team, now, "<peer@wotschiedam.nl>", "Verwijzing");
    return sealer.seal(letter, head, mailbox, reader, now).toArray();
  }

  private record Entity(Bytes bytes) implements Content {

    @Override
    public String text() throws MessagingException, IOException {
      return (String) part(0).getContent();
    }

    @Override
    public byte[] attachment() throws MessagingException, IOException {
      return part(1).getInputStream().readAllBytes();
    }

    private MimeBodyPart part(int number) throws MessagingException, IOException {
      MimeMessage message =
          new MimeMessage((Session) null, new ByteArrayInputStream(bytes.toArray()));
      return (MimeBodyPart) ((MimeMultipart) message.getContent()).getBodyPart(number);
    }
  }
}
