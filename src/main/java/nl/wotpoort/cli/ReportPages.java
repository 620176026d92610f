package nl.wotpoort.cli;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.wotpoort.rules.report.Evaluation;
import nl.wotpoort.rules.report.FigureTable;
import nl.wotpoort.rules.report.Spread;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/** The half-year figures as lines, as CSV and as one HTML page that prints on paper. */
final class ReportPages {

  private static final int BAR = 360;
  private static final int ROW = 22;
  private static final int NAME = 230;

  private final Evaluation evaluation;
  private final LocalDate from;
  private final LocalDate to;
  private final Texts texts;

  ReportPages(Evaluation evaluation, LocalDate from, LocalDate to, Language language) {
    this.evaluation = evaluation;
    this.from = from;
    this.to = to;
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
        lines.add("  " + pad(name(cell.code())) + shown(cell));
      }
      table.total().ifPresent(total -> lines.add("  " + pad(texts.say("total")) + total));
    }
    return lines;
  }

  private String title() {
    return texts.say("title", from, to, evaluation.referrals());
  }

  private List<String> measures() {
    return List.of(
        measure("receipts", evaluation.receipts()), measure("feedback", evaluation.feedback()));
  }

  private String measure(String key, Spread spread) {
    return spread.median().isEmpty()
        ? texts.say("measure." + key + ".few")
        : texts.say(
            "measure." + key,
            spread.count(),
            hours(spread.median().orElseThrow()),
            hours(spread.p90().orElseThrow()),
            spread.withinNorm().orElseThrow());
  }

  private static String hours(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toMinutes() / 60.0).replace('.', ',');
  }

  private String name(String code) {
    String key = "code." + code;
    return texts.has(key) ? texts.say(key) : code;
  }

  private String shown(FigureTable.Cell cell) {
    return cell.count().isPresent() ? String.valueOf(cell.count().getAsInt()) : texts.say("hidden");
  }

  private static String pad(String name) {
    return name.length() >= 34 ? name + " " : name + " ".repeat(34 - name.length());
  }

  String csv() {
    StringBuilder csv = new StringBuilder("table,code,count\r\n");
    for (FigureTable table : evaluation.tables()) {
      for (FigureTable.Cell cell : table.cells()) {
        csv.append(table.title())
            .append(',')
            .append(cell.code())
            .append(',')
            .append(cell.count().isPresent() ? String.valueOf(cell.count().getAsInt()) : "<5")
            .append("\r\n");
      }
    }
    return csv.toString();
  }

  String html() {
    StringBuilder page = new StringBuilder(20_000);
    page.append("<!DOCTYPE html>\n<html lang=\"nl\"><head><meta charset=\"utf-8\"><title>")
        .append(escaped(title()))
        .append("</title><style>")
        .append("body{font:15px/1.5 Georgia,serif;max-width:46em;margin:2em auto;color:#222}")
        .append("h1{font-size:1.4em}h2{font-size:1.05em;margin:1.6em 0 .3em}")
        .append("section{break-inside:avoid}text{font:13px sans-serif}")
        .append("@media print{body{margin:0}}")
        .append("</style></head><body><h1>")
        .append(escaped(title()))
        .append("</h1>");
    measures().forEach(line -> page.append("<p>").append(escaped(line)).append("</p>"));
    evaluation.tables().forEach(table -> section(page, table));
    page.append("<p><small>").append(escaped(texts.say("note"))).append("</small></p>");
    return page.append("</body></html>\n").toString();
  }

  private void section(StringBuilder page, FigureTable table) {
    int largest =
        Math.max(1, table.cells().stream().mapToInt(c -> c.count().orElse(0)).max().orElse(1));
    page.append("<section><h2>").append(escaped(texts.say("table." + table.title())));
    table
        .total()
        .ifPresent(
            total ->
                page.append(" (")
                    .append(escaped(texts.say("total")))
                    .append(": ")
                    .append(total)
                    .append(')'));
    page.append("</h2><svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"")
        .append(NAME + BAR + 70)
        .append("\" height=\"")
        .append(table.cells().size() * ROW + 4)
        .append("\">");
    int y = 0;
    for (FigureTable.Cell cell : table.cells()) {
      int width = (int) Math.round((double) BAR * cell.count().orElse(0) / largest);
      page.append("<text x=\"0\" y=\"").append(y + 15).append("\">");
      page.append(escaped(name(cell.code()))).append("</text>");
      page.append("<rect x=\"").append(NAME).append("\" y=\"").append(y + 3);
      page.append("\" width=\"").append(width).append("\" height=\"").append(ROW - 7);
      page.append("\" fill=\"#456\"/>");
      page.append("<text x=\"").append(NAME + width + 6).append("\" y=\"").append(y + 15);
      page.append("\">").append(escaped(shown(cell))).append("</text>");
      y += ROW;
    }
    page.append("</svg></section>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
