package nl.wotpoort.rules.judge;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Entries;
import nl.wotpoort.directory.Partner;
import nl.wotpoort.directory.Professional;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.directory.TeamId;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bsn;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.ConsentStatement;
import nl.wotpoort.letter.Cover;
import nl.wotpoort.letter.LegalGround;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Postcode;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.letter.Question;
import nl.wotpoort.letter.Situation;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.consent.PolicyTables;
import nl.wotpoort.rules.routing.Load;
import nl.wotpoort.settings.PolicyFile;
import nl.wotpoort.settings.PolicyFileException;
import nl.wotpoort.settings.Routes;

/** A row of judge/cases.txt, and what the judge makes of it with the sample directory. */
record JudgeRow(String sentence, Map<String, String> given, String expected) {

  private static final Path ROOT = Path.of(System.getProperty("project.basedir", "."));
  static final Path FILE = ROOT.resolve("src/test/resources/judge/cases.txt");
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 15);
  private static final Directory TOWN = town();
  private static final PolicyTables TABLES = tables();
  private static final String KEY = "client-key";
  private static final CaseNumber CASE = CaseNumber.ofRandom(4242);

  static JudgeRow parse(String line) {
    String[] columns = line.split("\\|", -1);
    if (columns.length != 3) {
      throw new AssertionError("three columns: " + line);
    }
    Map<String, String> given =
        Stream.of(columns[1].strip().split("\\s+"))
            .filter(pair -> !pair.isEmpty())
            .collect(
                Collectors.toMap(
                    pair -> pair.substring(0, pair.indexOf('=')),
                    pair -> pair.substring(pair.indexOf('=') + 1)));
    return new JudgeRow(columns[0].strip(), given, columns[2].strip());
  }

  Decision judged() {
    return new Judge(TOWN, TABLES).judge(letter(), facts());
  }

  /** The decision in the words of the third column. */
  String decision() {
    return judged()
        .fold(
            new Decision.Cases<String>() {
              @Override
              public String forward(Decision.Forward d) {
                return "forward " + d.to().role() + " " + d.to().party();
              }

              @Override
              public String giveBack(Decision.Return d) {
                return ("return "
                        + d.why()
                        + " "
                        + d.lacking().stream().map(Lack::name).collect(Collectors.joining("+")))
                    .strip();
              }

              @Override
              public String hold(Decision.Hold d) {
                return "hold " + d.cause() + " " + d.detail();
              }

              @Override
              public String file(Decision.File d) {
                return "file";
              }

              @Override
              public String own(Decision.Own d) {
                return "own " + d.errand();
              }
            });
  }

  private String value(String key, String otherwise) {
    return given.getOrDefault(key, otherwise);
  }

  private Stream<String> values(String key) {
    return Optional.ofNullable(given.get(key)).stream()
        .flatMap(v -> Arrays.stream(v.split("\\+")))
        .filter(v -> !v.isEmpty());
  }

  private Instant now() {
    return Instant.parse(value("at", "2026-06-15T10:00:00Z"));
  }

  private Facts facts() {
    Map<String, Address> senders = new HashMap<>();
    senders.put("gp:A/d1", Address.of("a.devries@praktijk-delinde.example"));
    senders.put("gp:L/locum", Address.of("waarnemer@praktijk-l.example"));
    senders.put("wot:oost/w401", Address.of("s.jansen@wotschiedam.nl"));
    senders.put("wot:oost/w9", Address.of("w9@wotschiedam.nl"));
    senders.put("wot:groenoord/w301", Address.of("f.yilmaz@wotschiedam.nl"));
    String from = value("from", "gp:A/d1");
    boolean stranger = from.equals("stranger");
    Address signer = senders.getOrDefault(from, Address.of("iemand@elders.example"));
    return new Facts(
        Address.of(value("to", "oost") + "@wotschiedam.nl"),
        signer,
        stranger ? Optional.empty() : Optional.of(new Party(from)),
        value("client", "full").equals("none") ? Optional.empty() : Optional.of(KEY),
        register(),
        running(),
        Optional.ofNullable(given.get("contact")).map(WorkerId::new),
        Load.none(),
        values("odd")
            .map(odd -> odd.split(":"))
            .map(odd -> new Discounted(odd[0], Discounted.Cause.valueOf(odd[1])))
            .toList(),
        value("second", "no").equals("yes"),
        false,
        cover(),
        now());
  }

  /** Mail to post@: {@code write=} to whom, {@code about=full} or {@code none}. */
  private Optional<Cover> cover() {
    String about = value("about", "");
    return value("to", "oost").equals("post")
        ? Optional.of(
            new Cover(
                values("write").map(Address::of).toList(),
                about.equals("full") ? client() : Client.unknown(),
                about.equals("none")))
        : Optional.empty();
  }

  private Optional<Facts.CaseFacts> running() {
    return Optional.ofNullable(given.get("case"))
        .map(text -> text.split("~"))
        .map(
            text ->
                new Facts.CaseFacts(
                    CASE,
                    Decision.Matter.valueOf(text[0]),
                    new Party("gp:A/d1"),
                    Address.of("a.devries@praktijk-delinde.example"),
                    new Party(text[1]),
                    Optional.of(Address.of("oost@intern.wotschiedam.nl")),
                    text[2].equals("yes"),
                    Optional.of(KEY),
                    Optional.of(born()),
                    Set.of(),
                    List.of("support"),
                    values("asked").toList()));
  }

  private Facts.Register register() {
    String state = value("register", "up");
    List<ConsentRecord> records = new ArrayList<>();
    for (String text : value("reg", "").split("&")) {
      if (!text.isEmpty()) {
        records.add(record(text.split("~"), records.size()));
      }
    }
    return state.equals("away")
        ? Facts.Register.away()
        : new Facts.Register(true, !state.equals("two"), records);
  }

  private static ConsentRecord record(String[] text, int number) {
    String more = text.length > 5 ? text[5] : "";
    boolean withdrawn = more.equals("withdrawn");
    return new ConsentRecord(
        "C-" + number,
        text[0].equals("objection") ? ConsentRecord.Type.OBJECTION : ConsentRecord.Type.CONSENT,
        KEY,
        Set.of(withdrawn || more.isEmpty() ? "client" : more),
        Set.of(new Party(text[1])),
        Set.of(new Party(text[2])),
        Stream.of(text[3].split("\\+")).map(Purpose::new).collect(Collectors.toSet()),
        Stream.of(text[4].split("\\+")).map(Category::new).collect(Collectors.toSet()),
        Instant.parse("2026-01-01T00:00:00Z"),
        Optional.empty(),
        Optional.empty(),
        withdrawn ? Optional.of(Instant.parse("2026-06-01T00:00:00Z")) : Optional.empty(),
        ConsentRecord.State.ACTIVE,
        Optional.empty(),
        ConsentRecord.Evidence.RECORDED,
        Optional.empty());
  }

  private Letter letter() {
    Optional<CaseNumber> number =
        given.containsKey("case") ? Optional.of(CASE) : Optional.<CaseNumber>empty();
    return switch (value("kind", "referral")) {
      case "referral" -> referral(number);
      case "request" ->
          new Letter.InformationRequest(
              client(),
              values("purposes").map(Purpose::new).toList(),
              Optional.empty(),
              questions(),
              consent(),
              ground(),
              number);
      case "answer" ->
          new Letter.InformationReply(
              client(),
              values("answers")
                  .map(
                      code ->
                          new Letter.InformationReply.Reply(
                              1, Confidential.of("tekst"), Optional.of(new Category(code))))
                  .toList(),
              number);
      case "feedback" ->
          new Letter.Feedback(
              Letter.Feedback.Outcome.ACCEPTED,
              Optional.of(Confidential.of("Sanne Jansen")),
              Optional.empty(),
              Optional.empty(),
              number);
      case "consultation" ->
          new Letter.Consultation(client(), Optional.of(Confidential.of("overleg")), number);
      case "free" -> new Letter.FreeText(Confidential.of("tekst"), number);
      case "auto" -> new Letter.AutomaticNotice(Letter.AutomaticNotice.Kind.OUT_OF_OFFICE);
      case "undecided" -> new Letter.Unrecognised(Letter.Unrecognised.Why.UNKNOWN_VALUE, "state");
      case "unreadable" ->
          new Letter.Unrecognised(Letter.Unrecognised.Why.UNKNOWN_VALUE, "urgency");
      default -> throw new AssertionError(value("kind", ""));
    };
  }

  private Letter.Referral referral(Optional<CaseNumber> number) {
    return new Letter.Referral(
        client(),
        value("help", "yes").equals("no")
            ? Optional.empty()
            : Optional.of(Confidential.of("hulp bij schulden")),
        value("factors", "yes").equals("no") ? List.of() : List.of(Confidential.of("slechtziend")),
        values("grounds").map(Situation::valueOf).collect(Collectors.toSet()),
        values("expertise").toList(),
        Letter.Urgency.valueOf(value("urgency", "NORMAL")),
        Optional.ofNullable(given.get("team")),
        consent(),
        ground(),
        number);
  }

  private List<Question> questions() {
    List<Question> questions = new ArrayList<>();
    if (!value("asks", "none").equals("none")) {
      values("asks")
          .forEach(
              code ->
                  questions.add(
                      new Question(
                          questions.size() + 1,
                          Confidential.of("vraag"),
                          code.equals("-") ? Optional.empty() : Optional.of(new Category(code)))));
    }
    return questions;
  }

  private LocalDate born() {
    return LocalDate.parse(value("born", "1980-04-02"));
  }

  private Client client() {
    String how = value("client", "full");
    Client nobody = Client.unknown();
    if (how.equals("none")) {
      return nobody;
    }
    boolean whole = how.equals("full");
    boolean born = whole || how.equals("bsnborn");
    boolean named = !how.startsWith("bsn");
    return new Client(
        named ? Optional.of(Confidential.of("J. Voorbeeld")) : Optional.empty(),
        Optional.empty(),
        born ? Optional.of(Confidential.of(born())) : Optional.empty(),
        whole
            ? Postcode.parse(value("postcode", "3112AB")).map(Confidential::of)
            : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        named ? Optional.empty() : Bsn.parse("999990019"),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private ConsentStatement consent() {
    return new ConsentStatement(
        switch (value("says", "")) {
          case "yes" -> ConsentStatement.Given.YES;
          case "no" -> ConsentStatement.Given.NO;
          default -> ConsentStatement.Given.UNKNOWN;
        },
        values("by").map(Confidential::of).toList(),
        Optional.empty(),
        Optional.ofNullable(given.get("from_day")).map(LocalDate::parse),
        Optional.ofNullable(given.get("until")).map(LocalDate::parse),
        values("for").map(Party::new).toList(),
        values("covers").map(Category::new).toList(),
        List.of(),
        Optional.empty());
  }

  private Optional<LegalGround> ground() {
    Set<String> without = values("law-without").collect(Collectors.toSet());
    return Optional.ofNullable(given.get("law"))
        .map(
            kind ->
                new LegalGround(
                    kind,
                    without.contains("by")
                        ? Optional.empty()
                        : Optional.of(Confidential.of("A. de Vries")),
                    without.contains("why")
                        ? Optional.empty()
                        : Optional.of(Confidential.of("acuut gevaar")),
                    without.contains("told") ? Optional.empty() : Optional.of(false),
                    without.contains("whynot")
                        ? Optional.empty()
                        : Optional.of(Confidential.of("gevaar voor een ander")),
                    List.of()));
  }

  /** The sample town, with a practice whose locum is there in the first ten days of June. */
  private static Directory town() {
    Directory sample =
        Routes.read(ROOT.resolve("routes"), ROOT, TODAY)
            .value()
            .orElseThrow(() -> new AssertionError("routes/ is at fault"));
    Entries entries = sample.entries();
    List<Partner> partners = new ArrayList<>(entries.partners());
    partners.add(
        new Partner(
            "L",
            "Praktijk L",
            Optional.empty(),
            "huisartsen",
            List.of(),
            List.of(),
            Set.of(),
            Sealing.Manner.UNSAID,
            List.of(
                new Professional(
                    "locum",
                    Confidential.of("W. Waarnemer"),
                    Professional.Kind.LOCUM,
                    Optional.empty(),
                    List.of(Address.of("waarnemer@praktijk-l.example")),
                    List.of(),
                    Optional.of(LocalDate.of(2026, 6, 1)),
                    Optional.of(LocalDate.of(2026, 6, 10))))));
    List<Worker> workers = new ArrayList<>(entries.workers());
    workers.add(
        new Worker(
            new WorkerId("w9"),
            Confidential.of("O. Oud"),
            Worker.Function.WORKER,
            "MEE",
            new TeamId("oost"),
            Optional.of(Address.of("w9@wotschiedam.nl")),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            3,
            Set.of(),
            List.of(),
            Optional.of(LocalDate.of(2026, 6, 14))));
    return Directory.of(
        new Entries(
            "test",
            entries.teams(),
            workers,
            entries.expertise(),
            partners,
            entries.mailboxes(),
            entries.postcodes()));
  }

  private static PolicyTables tables() {
    try {
      return PolicyFile.read(ROOT.resolve("routes/policy.yaml"));
    } catch (PolicyFileException e) {
      throw new AssertionError(e);
    }
  }
}
