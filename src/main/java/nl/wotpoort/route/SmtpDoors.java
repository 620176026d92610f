package nl.wotpoort.route;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import nl.wotpoort.route.smtp.SmtpDoor;
import nl.wotpoort.settings.Settings;

/** Makes the listeners that the settings name. */
final class SmtpDoors {

  private SmtpDoors() {}

  /**
   * @throws IOException when a certificate cannot be used
   */
  static List<SmtpDoor> of(Settings settings) throws IOException {
    List<SmtpDoor> doors = new ArrayList<>();
    for (Settings.Listener listener : settings.listeners()) {
      Optional<SSLContext> tls = Optional.empty();
      if (listener.certificate().isPresent()) {
        tls = Optional.of(tls(listener.certificate().get()));
      }
      doors.add(
          new SmtpDoor(
              listener.name(),
              switch (listener.protocol()) {
                case SMTP -> SmtpDoor.Protocol.SMTP;
                case LMTP -> SmtpDoor.Protocol.LMTP;
              },
              listener.host(),
              listener.port(),
              tls,
              listener.from(),
              settings.organisation().domain(),
              Math.toIntExact(settings.limits().maxMail()),
              listener.recipients(),
              listener.connections(),
              listener.idle(),
              listener.backlog(),
              settings.limits().freeDisk()));
    }
    return doors;
  }

  private static SSLContext tls(Settings.KeyFile file) throws IOException {
    char[] password = file.password().reveal();
    try (InputStream in = Files.newInputStream(file.file())) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("no usable key and certificate in " + file.file(), e);
    } finally {
      Arrays.fill(password, '\0');
    }
  }
}
