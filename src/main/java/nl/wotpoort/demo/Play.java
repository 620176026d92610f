package nl.wotpoort.demo;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import nl.wotpoort.desk.ConsentClerk;
import nl.wotpoort.desk.ConsentForm;
import nl.wotpoort.desk.Delivery;
import nl.wotpoort.desk.Examined;
import nl.wotpoort.desk.Examiner;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.route.Running;
import nl.wotpoort.route.SmtpAccount;
import nl.wotpoort.route.SmtpCourier;
import nl.wotpoort.rules.Finding;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.smime.KeyFileFault;
import nl.wotpoort.smime.Opened;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.Documentation;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * The play: each scene is sent over SMTP, and what the gateway made of it is read from the
 * mailboxes it arrives in.
 */
final class Play {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Address GP = Address.of("a.devries@praktijk-delinde.example");

  private final DemoMail mail;
  private final DemoHome home;
  private final Running running;
  private final PrintWriter out;
  private final Language language;
  private final Texts texts;
  private final Examiner examiner;
  private final Clock clock = Clock.systemUTC();

  Play(DemoMail mail, DemoHome home, Running running, PrintWriter out, Language language) {
    this.mail = mail;
    this.home = home;
    this.running = running;
    this.out = out;
    this.language = language;
    this.texts = Texts.of("demo", language);
    this.examiner = new Examiner(running.rooms());
  }

  /** How many scenes ended as they must. */
  int perform(List<Scene> scenes)
      throws IOException, KeyFileFault, CannotSeal, MessagingException, InterruptedException {
    Cast gp =
        Cast.member(home.certs(), "A. de Vries", GP.toString(), "gp/a.devries.p12", "wot", clock);
    Cast stranger =
        Cast.member(home.certs(), "A. de Vries", GP.toString(), "gp/onbekend.p12", "wot", clock);
    SmtpAccount account =
        new SmtpAccount(
            DemoMail.HOST,
            mail.smtpPort(),
            SmtpAccount.Security.NONE,
            false,
            Optional.empty(),
            null,
            "praktijk-delinde.example");
    int good = 0;
    try (SmtpCourier courier = new SmtpCourier(account)) {
      int number = 0;
      for (Scene scene : scenes) {
        out.println();
        out.println(texts.say("scene", ++number, scenes.size(), texts.say(scene.key())));
        good +=
            perform(scene, scene.envelope() == Scene.Envelope.STRANGER ? stranger : gp, gp, courier)
                ? 1
                : 0;
        out.flush();
      }
    }
    return good;
  }

  private boolean perform(Scene scene, Cast author, Cast gp, SmtpCourier courier)
      throws IOException, KeyFileFault, CannotSeal, MessagingException, InterruptedException {
    if (scene.key().equals("consented")) {
      record();
    }
    String messageId = "<" + UUID.randomUUID() + "@praktijk-delinde.example>";
    Bytes letter = letter(scene, author, messageId);
    explain(examiner.examine(letter, scene.to(), clock.instant(), false, clock.instant()));
    Before before = new Before(mail.inbox(scene.team()).size(), held());
    long sentAt = System.nanoTime();
    Delivery delivery = courier.deliver(Optional.of(GP), scene.to(), letter);
    if (!(delivery instanceof Delivery.Accepted)) {
      throw new IOException("the demo's own mail server did not take a mail: " + delivery);
    }
    out.println(texts.say("sent", GP, scene.to(), String.valueOf(letter.length())));
    return scene.expected() == Scene.Expected.SILENT
        ? silent(scene, before, messageId)
        : told(scene, before, messageId, gp, sentAt);
  }

  private record Before(int team, int held) {}

  private Bytes letter(Scene scene, Cast author, String messageId)
      throws IOException, KeyFileFault, CannotSeal {
    String subject = "Aanmelding";
    if (scene.envelope() == Scene.Envelope.PLAIN) {
      return author.plain(scene.to(), messageId, subject, scene.body());
    }
    Bytes sealed =
        author.seal(
            scene.to(),
            "gateway/" + scene.to().localPart() + ".pem",
            messageId,
            subject,
            scene.body());
    return scene.envelope() == Scene.Envelope.TAMPERED ? tampered(sealed) : sealed;
  }

  /** One character of the encrypted content exchanged, as somebody on the way might. */
  private static Bytes tampered(Bytes sealed) {
    byte[] bytes = sealed.toArray();
    int at = bytes.length * 3 / 4;
    while (!Character.isLetter(bytes[at])) {
      at++;
    }
    bytes[at] = (byte) (bytes[at] == 'A' ? 'B' : 'A');
    return Bytes.wrap(bytes);
  }

  private void record() {
    ConsentForm form =
        new ConsentForm(
            ConsentRecord.Type.CONSENT,
            client("J. Voorbeeld", LocalDate.of(1980, 4, 2)),
            Set.of("client"),
            Set.of(new Party("wot:oost")),
            Set.of(new Party("gp:A")),
            Set.of(new Purpose("support")),
            Set.of(new Category("support")),
            Optional.empty(),
            Optional.empty(),
            Documentation.of(
                "mondeling", "S. Jansen", "dossier Oost", "wat, met wie, waarvoor en hoe lang"));
    ConsentClerk clerk = new ConsentClerk(running.rooms().store(), clock, () -> "C-DEMO-1");
    clerk
        .record(form, Actor.of("demo", "worker"))
        .ifPresent(recorded -> out.println(texts.say("recorded", recorded.id())));
  }

  private static Client client(String name, LocalDate born) {
    Client nobody = Client.unknown();
    return new Client(
        Optional.of(Confidential.of(name)),
        nobody.initials(),
        Optional.of(Confidential.of(born)),
        nobody.postcode(),
        nobody.houseNumber(),
        nobody.phone(),
        nobody.bsn(),
        nobody.language(),
        nobody.guardians(),
        nobody.representative());
  }

  /** The findings, from the code that {@code wotpoort explain} runs. */
  private void explain(Examined examined) {
    examined
        .<Runnable>fold(
            unverified ->
                () ->
                    out.println(
                        texts.say("refused", unverified.refused().finding().text(language))),
            again -> () -> {},
            judged ->
                () -> {
                  out.println(
                      texts.say(
                          "verified",
                          judged.opened().signer().address(),
                          judged.opened().signer().issuerName()));
                  judged.decision().because().stream()
                      .map((Finding f) -> f.say(language))
                      .forEach(s -> out.println(texts.say("because", s)));
                })
        .run();
    out.println(texts.say("decided", decision(examined)));
  }

  private String decision(Examined examined) {
    return examined.fold(
        unverified -> texts.say("SILENT"),
        again -> texts.say("SILENT"),
        judged ->
            judged.decision() instanceof Decision.Forward forward
                ? texts.say("FORWARDED", forward.to().address())
                : judged.decision() instanceof Decision.Return
                    ? texts.say("REFUSED")
                    : texts.say("HELD"));
  }

  private boolean silent(Scene scene, Before before, String messageId)
      throws MessagingException, InterruptedException {
    boolean held =
        await(() -> held() > before.held() ? Optional.of(true) : Optional.empty()).isPresent();
    boolean quiet = answer(messageId).isEmpty() && mail.inbox(scene.team()).size() == before.team();
    out.println(texts.say("noTeam"));
    out.println(texts.say("noReceipt"));
    return verdict(
        held && quiet,
        scene.expected(),
        held ? Scene.Expected.FORWARDED.name() : texts.say("nothing", PATIENCE.toSeconds()));
  }

  private boolean told(Scene scene, Before before, String messageId, Cast gp, long sentAt)
      throws MessagingException, IOException, InterruptedException {
    Optional<Bytes> answer = await(() -> answer(messageId));
    long took = (System.nanoTime() - sentAt) / 1_000_000;
    showTeam(scene, before);
    if (answer.isEmpty()) {
      return verdict(false, scene.expected(), texts.say("nothing", PATIENCE.toSeconds()));
    }
    Optional<Opened.Trusted> opened =
        gp.open(answer.get()).fold(Optional::of, refused -> Optional.<Opened.Trusted>empty());
    if (opened.isEmpty()) {
      return verdict(false, scene.expected(), "?");
    }
    Opening receipt = Opening.of(opened.get().content().entity());
    out.println(texts.say("receipt", String.valueOf(took), receipt.subject()));
    receipt.text().lines().forEach(line -> out.println(texts.say("receiptLine", line)));
    String became = became(receipt.subject());
    boolean reached =
        scene.expected() != Scene.Expected.FORWARDED
            || mail.inbox(scene.team()).size() > before.team();
    return verdict(
        became.equals(scene.expected().name()) && reached,
        scene.expected(),
        reached ? became : texts.say("otherTeam"));
  }

  private void showTeam(Scene scene, Before before) throws IOException, MessagingException {
    List<Bytes> inbox = mail.inbox(scene.team());
    if (inbox.size() == before.team()) {
      out.println(texts.say("noTeam"));
      return;
    }
    try {
      String p12 = "team/" + scene.team().localPart() + ".p12";
      Cast team = Cast.member(home.certs(), "WOT", scene.team().toString(), p12, "wot", clock);
      Optional<Opened.Trusted> opened =
          team.open(inbox.get(inbox.size() - 1))
              .fold(Optional::of, refused -> Optional.<Opened.Trusted>empty());
      if (opened.isPresent()) {
        Opening forward = Opening.of(opened.get().content().entity());
        out.println(texts.say("team", scene.team(), forward.subject()));
        forward.text().lines().forEach(line -> out.println(texts.say("teamLine", line)));
      }
    } catch (KeyFileFault e) {
      throw new IOException(e.text(language), e);
    }
  }

  /** Which kind of receipt this is, by its subject, which is the product's own sentence. */
  private String became(String subject) {
    Texts receipts = Texts.of("mime", Language.NL);
    for (Scene.Expected kind :
        List.of(Scene.Expected.FORWARDED, Scene.Expected.REFUSED, Scene.Expected.HELD)) {
      if (subject.contains(
          receipts.say("receipt.subject." + kind.name().toLowerCase(java.util.Locale.ROOT)))) {
        return kind.name();
      }
    }
    return "?";
  }

  private Optional<Bytes> answer(String messageId) {
    for (Bytes one : mail.inbox(GP)) {
      String head = one.slice(0, Math.min(4000, one.length())).decode(StandardCharsets.ISO_8859_1);
      if (head.contains("In-Reply-To: " + messageId)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  private int held() {
    return running.rooms().store().holds().list(1000).size();
  }

  private static <T> Optional<T> await(Supplier<Optional<T>> condition)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Optional<T> found = condition.get();
    while (found.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(20);
      found = condition.get();
    }
    return found;
  }

  private boolean verdict(boolean good, Scene.Expected expected, String became) {
    out.println(good ? texts.say("good") : texts.say("bad", expected, became));
    return good;
  }
}
