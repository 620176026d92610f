package nl.wotpoort.desk;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nl.wotpoort.rules.judge.Decision;

/**
 * What the desk writes into a case beside the case book's own columns, and reads back: one {@code
 * name=value} a line. Codes only.
 */
record CaseText(
    Decision.Matter matter,
    String handler,
    boolean consented,
    List<String> purposes,
    List<String> asked) {

  CaseText {
    purposes = List.copyOf(purposes);
    asked = List.copyOf(asked);
  }

  String write() {
    return String.join(
        "\n",
        "matter=" + matter,
        "handler=" + handler,
        "consented=" + consented,
        "purposes=" + String.join(",", purposes),
        "asked=" + String.join(",", asked));
  }

  /** Throws IllegalArgumentException for what {@link #write} did not write. */
  static CaseText read(String text) {
    Map<String, String> lines = new LinkedHashMap<>();
    text.lines()
        .forEach(
            line ->
                lines.put(
                    line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    return new CaseText(
        Decision.Matter.valueOf(lines.getOrDefault("matter", "")),
        lines.getOrDefault("handler", ""),
        Boolean.parseBoolean(lines.getOrDefault("consented", "")),
        codes(lines.getOrDefault("purposes", "")),
        codes(lines.getOrDefault("asked", "")));
  }

  private static List<String> codes(String joined) {
    return Arrays.stream(joined.split(","))
        .filter(code -> !code.isEmpty())
        .collect(Collectors.toList());
  }
}
