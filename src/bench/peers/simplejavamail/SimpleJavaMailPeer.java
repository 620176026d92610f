package nl.wotpoort.bench;

import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.simplejavamail.api.email.Email;
import org.simplejavamail.api.email.config.SmimeEncryptionConfig;
import org.simplejavamail.api.email.config.SmimeSigningConfig;
import org.simplejavamail.api.mailer.config.Pkcs12Config;
import org.simplejavamail.converter.EmailConverter;
import org.simplejavamail.email.EmailBuilder;

/**
 * simple-java-mail with its smime-module, by the road of its users: a MimeMessage becomes an Email
 * (so the parts are read as well), an Email becomes a MimeMessage. The signature is checked with
 * the certificate it brings; no path, no revocation, no comparison with the From.
 */
final class SimpleJavaMailPeer implements Peer {

  private final Pkcs12Config own;
  private final SmimeSigningConfig signing;
  private final SmimeEncryptionConfig encryption;
  private final String text;
  private final byte[] attachment;

  private SimpleJavaMailPeer(Path certificates, Path folder) throws Exception {
    text = Files.readString(folder.resolve("text"));
    attachment = Files.readAllBytes(folder.resolve("attachment"));
    own =
        Pkcs12Config.builder()
            .pkcs12Store(Files.readAllBytes(certificates.resolve("gateway/oost.p12")))
            .storePassword(PASSWORD)
            .keyAlias("oost")
            .keyPassword(PASSWORD)
            .build();
    signing =
        SmimeSigningConfig.builder().pkcs12Config(own).signatureAlgorithm("SHA256withRSA").build();
    encryption =
        SmimeEncryptionConfig.builder()
            .x509Certificate(
                new ByteArrayInputStream(Files.readAllBytes(certificates.resolve("team/oost.pem"))))
            .cipherAlgorithm("AES256_CBC")
            .build();
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    PeerLoop.obey(new SimpleJavaMailPeer(Path.of(arguments[1]), folder), folder);
  }

  @Override
  public Content open(byte[] mail) throws Exception {
    MimeMessage sealed = EmailConverter.emlToMimeMessage(new ByteArrayInputStream(mail));
    Email email = EmailConverter.mimeMessageToEmail(sealed, own);
    Email signed = email.getSmimeSignedEmail();
    // an invalid signature is not refused: whoever calls is to look
    if (signed == null
        || !Boolean.TRUE.equals(signed.getOriginalSmimeDetails().getSmimeSignatureValid())) {
      throw new IllegalStateException("smimeSignatureValid is not true");
    }
    return new Read(signed);
  }

  @Override
  public byte[] seal() throws Exception {
    Email email =
        EmailBuilder.startingBlank()
            .from(MAILBOX)
            .to(TEAM)
            .withSubject("Verwijzing")
            .withPlainText(text)
            .withAttachment("uitslag.bin", attachment, "application/octet-stream")
            .signWithSmime(signing)
            .encryptWithSmime(encryption)
            .buildEmail();
    ByteArrayOutputStream mail = new ByteArrayOutputStream();
    EmailConverter.emailToMimeMessage(email).writeTo(mail);
    return mail.toByteArray();
  }

  private record Read(Email email) implements Content {

    @Override
    public String text() {
      return email.getPlainText();
    }

    @Override
    public byte[] attachment() throws Exception {
      return email.getAttachments().get(0).readAllBytes();
    }
  }
}
