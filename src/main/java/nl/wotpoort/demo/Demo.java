package nl.wotpoort.demo;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.route.Running;
import nl.wotpoort.rules.consent.PolicyTables;
import nl.wotpoort.settings.PolicyFile;
import nl.wotpoort.settings.PolicyFileException;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.smime.KeyFileFault;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * Starts a mail server, the gateway and a played GP, and tells what happens to eight mails. What
 * runs is what {@code wotpoort run} runs: the same settings file, rooms and routes.
 */
public final class Demo {

  private Demo() {}

  /** Exit code of a demo in which an outcome was not the expected one. */
  public static final int UNEXPECTED = 1;

  /**
   * Plays, and stays up until interrupted unless {@code options.once()}.
   *
   * @return 0 when every outcome was the expected one, else {@link #UNEXPECTED}
   * @throws IOException when the samples of the installation cannot be read
   * @throws IllegalStateException when a port is in use or the samples are at fault; the message is
   *     for people
   */
  public static int run(DemoOptions options, PrintWriter out, Language language)
      throws IOException, InterruptedException {
    Texts texts = Texts.of("demo", language);
    out.println(texts.say("title"));
    long start = System.nanoTime();
    try (DemoMail mail = DemoMail.start(options.smtpPort(), options.imapPort(), "wotschiedam.nl");
        DemoHome home = DemoHome.make(options, mail.smtpPort(), mail.imapPort());
        Running running = start(home, language)) {
      out.println(
          texts.say(
              "mail",
              DemoMail.HOST,
              String.valueOf(mail.smtpPort()),
              String.valueOf(mail.imapPort())));
      out.println(texts.say("started"));
      List<Scene> scenes = Scene.all();
      int good = new Play(mail, home, running, out, language).perform(scenes);
      double seconds = (System.nanoTime() - start) / 1e9;
      out.println();
      out.println(
          texts.say("done", good, scenes.size(), String.format(Locale.ROOT, "%.1f", seconds)));
      out.flush();
      if (!options.once()) {
        stay(mail, out, texts);
      }
      return good == scenes.size() ? 0 : UNEXPECTED;
    } catch (KeyFileFault e) {
      throw new IllegalStateException(e.text(language), e);
    } catch (CannotSeal e) {
      throw new IllegalStateException(e.text(language), e);
    } catch (MessagingException e) {
      throw new IOException("a mail of the demo cannot be read", e);
    }
  }

  private static Running start(DemoHome home, Language language) throws IOException {
    try {
      Path policy = home.routes().resolve("policy.yaml");
      PolicyTables tables = PolicyFile.read(policy);
      return Running.start(
          home.load(language),
          tables,
          home.routes(),
          Furnishing.SampleKeys.ALLOWED,
          Clock.systemUTC());
    } catch (PolicyFileException e) {
      throw new IllegalStateException(e.say(language), e);
    } catch (Furnishing.CannotFurnish e) {
      throw new IllegalStateException(String.join("\n", e.sentences()), e);
    }
  }

  private static void stay(DemoMail mail, PrintWriter out, Texts texts)
      throws InterruptedException {
    out.println(
        texts.say(
            "stay",
            DemoMail.HOST,
            String.valueOf(mail.imapPort()),
            String.valueOf(mail.smtpPort()),
            DemoMail.PASSWORD,
            Cast.KEY_PASSWORD));
    out.flush();
    CountDownLatch interrupted = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(interrupted::countDown, "demo-stop"));
    interrupted.await();
  }
}
