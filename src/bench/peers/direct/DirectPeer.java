package nl.wotpoort.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import org.nhindirect.stagent.DefaultNHINDAgent;
import org.nhindirect.stagent.cert.X509CertificateEx;
import org.nhindirect.stagent.cert.impl.UniformCertificateStore;
import org.nhindirect.stagent.cryptography.DigestAlgorithm;
import org.nhindirect.stagent.cryptography.EncryptionAlgorithm;
import org.nhindirect.stagent.cryptography.SMIMECryptographerImpl;
import org.nhindirect.stagent.mail.Message;
import org.nhindirect.stagent.trust.DefaultTrustAnchorResolver;
import org.nhindirect.stagent.trust.TrustModel;

/**
 * Direct's agent as its gateway calls it. Trust is enforced both ways: a path to an anchor (here
 * the issuing CA, for it looks for intermediates only by AIA or by the CA's mail address), without
 * revocation, and the signer's address. Without its wrapping into message/rfc822, so that it seals
 * the same content as the others.
 */
final class DirectPeer implements Peer {

  private final DefaultNHINDAgent agent;
  private final String letter;

  private DirectPeer(Path certificates, String letter) throws Exception {
    this.letter = letter;
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(certificates.resolve("gateway/oost.p12"))) {
      store.load(file, PASSWORD.toCharArray());
    }
    String alias = store.aliases().nextElement();
    X509Certificate own =
        X509CertificateEx.fromX509Certificate(
            (X509Certificate) store.getCertificate(alias),
            (PrivateKey) store.getKey(alias, PASSWORD.toCharArray()));
    X509Certificate team = certificate(certificates.resolve("team/oost.pem"));
    agent =
        new DefaultNHINDAgent(
            "wotschiedam.nl",
            new UniformCertificateStore(own),
            new UniformCertificateStore(team),
            new DefaultTrustAnchorResolver(
                List.of(certificate(certificates.resolve("ca/wot-issuing.pem"))),
                List.of(certificate(certificates.resolve("ca/zorg-issuing.pem")))),
            TrustModel.Default,
            new SMIMECryptographerImpl(
                EncryptionAlgorithm.AES256_CBC, DigestAlgorithm.SHA256WITHRSA));
    agent.setWrappingEnabled(false);
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    String entity = Files.readString(folder.resolve("letter"), StandardCharsets.US_ASCII);
    String head = "From: " + MAILBOX + "\r\nTo: " + TEAM + "\r\nSubject: Verwijzing\r\n";
    PeerLoop.obey(new DirectPeer(Path.of(arguments[1]), head + entity), folder);
  }

  private static X509Certificate certificate(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  @Override
  public Content open(byte[] mail) throws Exception {
    MimeMessage sealed = new MimeMessage((Session) null, new ByteArrayInputStream(mail));
    return new Entity(agent.processIncoming(sealed).getMessage());
  }

  @Override
  public byte[] seal() throws Exception {
    ByteArrayOutputStream mail = new ByteArrayOutputStream();
    agent.processOutgoing(letter).getMessage().writeTo(mail);
    return mail.toByteArray();
  }

  private record Entity(Message message) implements Content {

    @Override
    public String text() throws Exception {
      return (String) ((MimeMultipart) message.getContent()).getBodyPart(0).getContent();
    }

    @Override
    public byte[] attachment() throws Exception {
      MimeMultipart parts = (MimeMultipart) message.getContent();
      return parts.getBodyPart(1).getInputStream().readAllBytes();
    }
  }
}
