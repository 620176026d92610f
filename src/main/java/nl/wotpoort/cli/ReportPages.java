package nl.wotpoort.cli;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Expertise;
import nl.wotpoort.directory.Partner;
import nl.wotpoort.directory.Team;
import nl.wotpoort.rules.report.Evaluation;
import nl.wotpoort.rules.report.FigureTable;
import nl.wotpoort.rules.report.Spread;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/** The half-year figures as lines, as CSV and as one HTML page that prints on paper. */
final class ReportPages {

  private static final int BAR = 270;

  /** Nothing is fetched from elsewhere, and a table is not torn over two sheets. */
  private static final String STYLE =
      "body{font:15px/1.45 system-ui,Arial,sans-serif;max-width:46em;margin:2em auto;padding:0 1em;"
          + "color:#222}"
          + "h1{font-size:1.5em;margin-bottom:.4em}h2{font-size:1.05em;margin:1.5em 0 .3em}"
          + ".lead{border-left:4px solid #335b84;padding:.1em 1em}.lead p{margin:.5em 0}"
          + "section{break-inside:avoid}table{border-collapse:collapse;width:100%}"
          + "th{text-align:left;font-weight:normal;width:20em;padding:.12em .6em .12em 0}"
          + "td{padding:.12em 0}.number{text-align:right;width:4em;padding-right:.8em;"
          + "font-variant-numeric:tabular-nums}svg{display:block}"
          + ".hidden{color:#555;font-style:italic}.total th,.total td{border-top:1px solid #999;"
          + "font-weight:bold}.note{margin-top:2em;color:#444;font-size:.9em}"
          + "@page{size:A4;margin:18mm}@media print{body{margin:0;max-width:none;font-size:10.5pt}"
          + "svg rect{print-color-adjust:exact;-webkit-print-color-adjust:exact}}";

  private final Evaluation evaluation;
  private final LocalDate from;
  private final LocalDate to;
  private final Directory directory;
  private final Language language;
  private final Texts texts;

  ReportPages(
      Evaluation evaluation, LocalDate from, LocalDate to, Directory directory, Language language) {
    this.evaluation = evaluation;
    this.from = from;
    this.to = to;
    this.directory = directory;
    this.language = language;
    this.texts = Texts.of("report", language);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(title());
    lines.addAll(measures());
    for (FigureTable table : evaluation.tables()) {
      lines.add("");
      lines.add(texts.say("table." + table.title()));
      for (FigureTable.Cell cell : table.cells()) {
        lines.add("  " + pad(name(table, cell)) + shown(cell));
      }
      table.total().ifPresent(total -> lines.add("  " + pad(texts.say("total")) + total));
    }
    return lines;
  }

  private String title() {
    return texts.say("title", day(from), day(to));
  }

  private String referrals() {
    int all = evaluation.referrals();
    return FigureTable.isSmall(all)
        ? texts.say("referrals.few")
        : texts.say("referrals", String.valueOf(all));
  }

  private String day(LocalDate day) {
    return day.format(
        DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.forLanguageTag(language.name())));
  }

  private List<String> measures() {
    return List.of(
        referrals(),
        measure("receipts", evaluation.receipts()),
        measure("feedback", evaluation.feedback()));
  }

  private String measure(String key, Spread spread) {
    if (spread.median().isEmpty()) {
      return texts.say("measure." + key + ".few");
    }
    String within =
        spread.withinNorm().isPresent()
            ? texts.say("measure." + key + ".within", spread.withinNorm().getAsInt())
            : texts.say("measure.withinHidden");
    return texts.say(
            "measure." + key,
            String.valueOf(spread.count()),
            hours(spread.median().orElseThrow()),
            hours(spread.p90().orElseThrow()))
        + " "
        + within;
  }

  private String hours(Duration time) {
    return time.compareTo(Duration.ofHours(1)) < 0
        ? minutes((time.toSeconds() + 59) / 60)
        : texts.say(
            "hours",
            String.format(Locale.ROOT, "%.1f", time.toMinutes() / 60.0)
                .replace('.', language == Language.NL ? ',' : '.'));
  }

  /** What took seconds was there within a minute, not within none. */
  private String minutes(long begun) {
    return begun <= 1 ? texts.say("minute") : texts.say("minutes", begun);
  }

  /** As people say it: of the directory when it is somebody's name, else of the bundle. */
  private String name(FigureTable table, FigureTable.Cell cell) {
    String code = cell.code();
    Optional<String> known =
        switch (table.title()) {
          case "team" ->
              directory.teams().stream()
                  .filter(team -> team.id().value().equals(code))
                  .map(Team::name)
                  .findFirst();
          case "practice" ->
              directory.partners().stream()
                  .filter(practice -> practice.party().path().equals(code))
                  .map(Partner::name)
                  .findFirst();
          case "expertise" -> directory.expertiseNamed(code).map(Expertise::name);
          default -> Optional.empty();
        };
    return known.orElseGet(() -> said(table.title(), code));
  }

  /** The same word may mean one thing of a request's state and another of its reason. */
  private String said(String table, String code) {
    return Stream.of("code." + table + "." + code, "code." + code)
        .filter(texts::has)
        .findFirst()
        .map(texts::say)
        .orElse(code);
  }

  private String shown(FigureTable.Cell cell) {
    return cell.count().isPresent() ? String.valueOf(cell.count().getAsInt()) : texts.say("hidden");
  }

  private static String pad(String name) {
    return name.length() >= 34 ? name + " " : name + " ".repeat(34 - name.length());
  }

  String csv() {
    StringBuilder csv = new StringBuilder(texts.say("csv.head")).append("\r\n");
    for (FigureTable table : evaluation.tables()) {
      String title = texts.say("table." + table.title());
      for (FigureTable.Cell cell : table.cells()) {
        csv.append(quoted(title)).append(',').append(quoted(name(table, cell))).append(',');
        csv.append(cell.count().isPresent() ? String.valueOf(cell.count().getAsInt()) : "<5");
        csv.append("\r\n");
      }
    }
    return csv.toString();
  }

  private static String quoted(String cell) {
    return '"' + cell.replace("\"", "\"\"") + '"';
  }

  String html() {
    StringBuilder page = new StringBuilder(20_000);
    page.append("<!DOCTYPE html>\n<html lang=\"")
        .append(language.name().toLowerCase(Locale.ROOT))
        .append("\"><head><meta charset=\"utf-8\"><title>")
        .append(escaped(title()))
        .append("</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>")
        .append(escaped(title()))
        .append("</h1><div class=\"lead\">");
    measures().forEach(line -> page.append("<p>").append(escaped(line)).append("</p>"));
    page.append("</div>");
    evaluation.tables().forEach(table -> section(page, table));
    page.append("<p class=\"note\">").append(escaped(texts.say("note"))).append("</p>");
    return page.append("</body></html>\n").toString();
  }

  private void section(StringBuilder page, FigureTable table) {
    int largest =
        Math.max(1, table.cells().stream().mapToInt(c -> c.count().orElse(0)).max().orElse(1));
    page.append("<section><h2>").append(escaped(texts.say("table." + table.title())));
    page.append("</h2><table>");
    if (table.cells().isEmpty()) {
      page.append("<tr><td class=\"hidden\">").append(escaped(texts.say("nothing")));
      page.append("</td></tr>");
    }
    for (FigureTable.Cell cell : table.cells()) {
      page.append("<tr><th scope=\"row\">").append(escaped(name(table, cell))).append("</th>");
      if (cell.count().isPresent()) {
        bar(page, cell.count().getAsInt(), largest);
      } else {
        page.append("<td class=\"number\">&ndash;</td><td class=\"hidden\">");
        page.append(escaped(texts.say("hidden"))).append("</td>");
      }
      page.append("</tr>");
    }
    table
        .total()
        .ifPresent(
            total ->
                page.append("<tr class=\"total\"><th scope=\"row\">")
                    .append(escaped(texts.say("total")))
                    .append("</th><td class=\"number\">")
                    .append(total)
                    .append("</td><td></td></tr>"));
    page.append("</table></section>");
  }

  /** One colour and the number beside it: nothing hangs on telling colours apart. */
  private static void bar(StringBuilder page, int count, int largest) {
    int width = (int) Math.round((double) BAR * count / largest);
    page.append("<td class=\"number\">").append(count).append("</td><td><svg width=\"");
    page.append(BAR).append("\" height=\"13\" aria-hidden=\"true\"><rect width=\"");
    page.append(width).append("\" height=\"13\" fill=\"#335b84\"/></svg></td>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
