package nl.wotpoort.bench;

import com.helger.as2lib.crypto.BCCryptoHelper;
import com.helger.as2lib.crypto.ECryptoAlgorithmCrypt;
import com.helger.as2lib.crypto.ECryptoAlgorithmSign;
import com.helger.as2lib.util.AS2ResourceHelper;
import com.helger.mail.cte.EContentTransferEncoding;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
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
import java.util.HashMap;
import java.util.Map;

/**
 * as2-lib by its crypto helper, as its receiver and sender call it: the signature is held to the
 * certificate that is kept of the partner (here by the From of the mail); no path, no revocation.
 */
final class As2Peer implements Peer {

  private final BCCryptoHelper helper = new BCCryptoHelper();
  private final Map<String, X509Certificate> partners = new HashMap<>();
  private final X509Certificate team;
  private final X509Certificate own;
  private final PrivateKey key;
  private final byte[] letter;

  private As2Peer(Path certificates, byte[] letter) throws Exception {
    this.letter = letter;
    for (String gp : new String[] {"a.devries", "ingetrokken", "verlopen"}) {
      partners.put(
          gp + "@praktijk-delinde.example", certificate(certificates.resolve("gp/" + gp + ".pem")));
    }
    team = certificate(certificates.resolve("team/oost.pem"));
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(certificates.resolve("gateway/oost.p12"))) {
      store.load(file, PASSWORD.toCharArray());
    }
    String alias = store.aliases().nextElement();
    own = (X509Certificate) store.getCertificate(alias);
    key = (PrivateKey) store.getKey(alias, PASSWORD.toCharArray());
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    byte[] letter = Files.readAllBytes(folder.resolve("letter"));
    PeerLoop.obey(new As2Peer(Path.of(arguments[1]), letter), folder);
  }

  private static X509Certificate certificate(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  @Override
  public Content open(byte[] mail) throws Exception {
    MimeBodyPart sealed = new MimeBodyPart(new ByteArrayInputStream(mail));
    X509Certificate partner =
        partners.get(new InternetAddress(sealed.getHeader("From", null)).getAddress());
    try (AS2ResourceHelper resources = new AS2ResourceHelper()) {
      MimeBodyPart signed = helper.decrypt(sealed, own, key, true, resources);
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      helper.verify(signed, partner, false, true, null, resources).writeTo(content);
      return new Entity(content.toByteArray());
    }
  }

  @Override
  public byte[] seal() throws Exception {
    MimeBodyPart content = new MimeBodyPart(new ByteArrayInputStream(letter));
    MimeBodyPart signed =
        helper.sign(
            content,
            own,
            key,
            ECryptoAlgorithmSign.DIGEST_SHA_256,
            true,
            false,
            false,
            EContentTransferEncoding.BASE64);
    MimeBodyPart sealed =
        helper.encrypt(
            signed, team, ECryptoAlgorithmCrypt.CRYPT_AES256_CBC, EContentTransferEncoding.BASE64);
    ByteArrayOutputStream mail = new ByteArrayOutputStream();
    String head = "From: " + MAILBOX + "\r\nTo: " + TEAM + "\r\nSubject: Verwijzing\r\n";
    mail.writeBytes((head + "MIME-Version: 1.0\r\n").getBytes(StandardCharsets.US_ASCII));
    sealed.writeTo(mail);
    return mail.toByteArray();
  }

  /** Read from its bytes: what the helper returned is in a file that is gone with the resources. */
  private record Entity(byte[] bytes) implements Content {

    @Override
    public String text() throws Exception {
      return (String) part(0).getContent();
    }

    @Override
    public byte[] attachment() throws Exception {
      return part(1).getInputStream().readAllBytes();
    }

    private BodyPart part(int number) throws Exception {
      MimeBodyPart entity = new MimeBodyPart(new ByteArrayInputStream(bytes));
      return ((MimeMultipart) entity.getContent()).getBodyPart(number);
    }
  }
}
