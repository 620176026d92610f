package nl.wotpoort.desk;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import nl.wotpoort.directory.Absence;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Expertise;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.directory.Team;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.smime.Certificates;
import nl.wotpoort.smime.KeyRing;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * The smoelenboek: who works in which team, how to reach them, who is away, and the fingerprint of
 * the certificate a GP seals with for each address. Made from the directory in force on one day, so
 * it is always current. For the practices that may write here, and for nobody else: it names
 * people. As a text, a web page and a table.
 */
public final class Smoelenboek {

  /** One line: a team's mailbox or somebody who works there, in the order of the columns. */
  private record Line(String team, boolean isMailbox, List<String> cells) {}

  private static final List<String> COLUMNS =
      List.of(
          "name",
          "function",
          "organisation",
          "address",
          "phone",
          "expertise",
          "days",
          "absence",
          "fingerprint");

  private final Directory directory;
  private final KeyRing keys;
  private final LocalDate day;
  private final Instant now;
  private final Texts texts;
  private final List<Line> lines = new ArrayList<>();

  private Smoelenboek(Directory directory, KeyRing keys, Instant now, Language language) {
    this.directory = directory;
    this.keys = keys;
    this.now = now;
    this.day = now.atZone(Moment.AMSTERDAM).toLocalDate();
    this.texts = Texts.of("desk", language);
    general();
    directory.teams().forEach(this::team);
  }

  public static Smoelenboek of(Directory directory, KeyRing keys, Instant now, Language language) {
    return new Smoelenboek(directory, keys, now, language);
  }

  private void general() {
    for (Mailbox mailbox : directory.mailboxes()) {
      if (mailbox instanceof Mailbox.General || mailbox instanceof Mailbox.Desk) {
        mailbox("", mailbox);
      }
    }
  }

  private void team(Team team) {
    for (Mailbox mailbox : directory.mailboxes()) {
      if (mailbox instanceof Mailbox.TeamMailbox own && own.team().equals(team.id())) {
        mailbox(team.name(), mailbox);
      }
    }
    directory.workers().stream()
        .filter(worker -> worker.team().equals(team.id()))
        .filter(worker -> worker.presenceOn(day) != Worker.Presence.LEFT)
        .sorted(
            Comparator.<Worker, Boolean>comparing(w -> !w.id().equals(team.coordinator()))
                .thenComparing(w -> w.name().reveal())
                .thenComparing(Worker::id))
        .forEach(worker -> worker(team, worker));
  }

  private void mailbox(String team, Mailbox mailbox) {
    String kind =
        mailbox instanceof Mailbox.Desk desk
            ? desk.kind().name()
            : mailbox instanceof Mailbox.General ? "GENERAL" : "TEAM";
    lines.add(
        new Line(
            team,
            true,
            List.of(
                texts.say("smoelenboek.kind." + kind),
                "",
                "",
                mailbox.address().toString(),
                "",
                "",
                "",
                "",
                fingerprint(mailbox.address()))));
  }

  private void worker(Team team, Worker worker) {
    lines.add(
        new Line(
            team.name(),
            false,
            List.of(
                worker.name().reveal(),
                texts.say("smoelenboek.function." + function(team, worker)),
                worker.organisation(),
                worker.address().map(Address::toString).orElse(""),
                worker.phone().orElse(""),
                expertise(worker),
                worker.officeDays().stream()
                    .sorted()
                    .map(d -> texts.say("smoelenboek.day." + d.getValue()))
                    .collect(Collectors.joining(" ")),
                absence(worker),
                worker.address().map(this::fingerprint).orElse(""))));
  }

  private static String function(Team team, Worker worker) {
    if (worker.id().equals(team.coordinator())) {
      return Worker.Function.COORDINATOR.name();
    }
    return team.deputy().equals(Optional.of(worker.id())) ? "DEPUTY" : worker.function().name();
  }

  private String expertise(Worker worker) {
    return directory.expertise().stream()
        .filter(e -> worker.expertise().contains(e.code()))
        .map(Expertise::name)
        .collect(Collectors.joining(", "));
  }

  /** Of today, or the next one to come. */
  private String absence(Worker worker) {
    return worker.absences().stream()
        .filter(a -> a.until().map(last -> !last.isBefore(day)).orElse(true))
        .min(Comparator.comparing(Absence::from))
        .map(this::said)
        .orElse("");
  }

  private String said(Absence absence) {
    String until = absence.until().map(LocalDate::toString).orElse("?");
    Optional<String> substitute =
        absence.substitute().flatMap(directory::worker).map(Worker::name).map(Confidential::reveal);
    return substitute.isPresent()
        ? texts.say("smoelenboek.absent.substitute", absence.from(), until, substitute.get())
        : texts.say("smoelenboek.absent", absence.from(), until);
  }

  /** Of the certificate to seal with for this address now; in groups of four, to read aloud. */
  private String fingerprint(Address address) {
    return keys.forSigning(address, now)
        .map(entry -> grouped(entry.certificate()))
        .orElseGet(() -> texts.say("smoelenboek.noCertificate"));
  }

  private static String grouped(X509Certificate certificate) {
    return Certificates.sha256(certificate).replaceAll("(.{4})(?!$)", "$1 ");
  }

  private String title() {
    return texts.say("smoelenboek.title", day, directory.version());
  }

  /** For a mail. */
  public String text() {
    StringBuilder text = new StringBuilder(title()).append("\n");
    String team = "?";
    for (Line line : lines) {
      if (!line.team().equals(team)) {
        team = line.team();
        text.append("\n").append(heading(team)).append("\n");
      }
      text.append("\n  ").append(line.cells().get(0)).append("\n");
      for (int i = 1; i < COLUMNS.size(); i++) {
        if (!line.cells().get(i).isEmpty()) {
          text.append("    ").append(column(i)).append(": ").append(line.cells().get(i));
          text.append("\n");
        }
      }
    }
    return text.toString();
  }

  /** One page by itself, without scripts or anything from elsewhere. */
  public String html() {
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"").append(texts.say("smoelenboek.lang"));
    page.append("\">\n<head><meta charset=\"utf-8\"><title>").append(escaped(title()));
    page.append("</title>\n<style>body{font-family:sans-serif}table{border-collapse:collapse}");
    page.append("th,td{border:1px solid #999;padding:.3em;text-align:left;vertical-align:top}");
    page.append("td:last-child{font-family:monospace;font-size:80%}</style></head>\n<body>\n<h1>");
    page.append(escaped(title())).append("</h1>\n");
    String team = "?";
    for (Line line : lines) {
      if (!line.team().equals(team)) {
        page.append(team.equals("?") ? "" : "</table>\n");
        team = line.team();
        page.append("<h2>").append(escaped(heading(team))).append("</h2>\n<table>\n<tr>");
        for (int i = 0; i < COLUMNS.size(); i++) {
          page.append("<th scope=\"col\">").append(escaped(column(i))).append("</th>");
        }
        page.append("</tr>\n");
      }
      page.append("<tr>");
      line.cells().forEach(cell -> page.append("<td>").append(escaped(cell)).append("</td>"));
      page.append("</tr>\n");
    }
    return page.append(lines.isEmpty() ? "" : "</table>\n").append("</body>\n</html>\n").toString();
  }

  /** RFC 4180 with semicolons, and a byte order mark, as a Dutch spreadsheet program opens it. */
  public String csv() {
    StringBuilder csv = new StringBuilder("\ufeff").append(quoted(texts.say("smoelenboek.team")));
    for (int i = 0; i < COLUMNS.size(); i++) {
      csv.append(';').append(quoted(column(i)));
    }
    csv.append("\r\n");
    for (Line line : lines) {
      csv.append(quoted(line.team()));
      line.cells().forEach(cell -> csv.append(';').append(quoted(cell)));
      csv.append("\r\n");
    }
    return csv.toString();
  }

  private String heading(String team) {
    return team.isEmpty()
        ? texts.say("smoelenboek.heading.general")
        : texts.say("smoelenboek.heading.team", team);
  }

  private String column(int index) {
    return texts.say("smoelenboek.column." + COLUMNS.get(index));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A cell that begins like a formula would be calculated: an apostrophe keeps it a text. */
  private static String quoted(String cell) {
    String safe = cell.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + cell : cell;
    return "\"" + safe.replace("\"", "\"\"") + "\"";
  }
}
