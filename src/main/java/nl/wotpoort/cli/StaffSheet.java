package nl.wotpoort.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.settings.StaffTable;

/**
 * Reads a table as spreadsheets save it: UTF-8 with or without a mark, UTF-16 with one, or
 * Windows-1252; semicolons, commas or tabs; Excel's own first line {@code sep=;}.
 */
final class StaffSheet {

  /** A municipality's staff fits many times. */
  private static final int LARGEST = 16 * 1024 * 1024;

  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final char[] DELIMITERS = {';', ',', '\t'};

  private StaffSheet() {}

  /** What cannot be read as a table, and where. */
  static final class NoTable extends Exception {
    private static final long serialVersionUID = 1L;
    private final String code;
    private final int line;

    NoTable(String code, int line) {
      super(code);
      this.code = code;
      this.line = line;
    }

    /** A sentence's key. */
    String code() {
      return code;
    }

    int line() {
      return line;
    }
  }

  static StaffTable read(byte[] bytes, String file, Optional<String> delimiter) throws NoTable {
    if (bytes.length > LARGEST) {
      throw new NoTable("import.tooLarge", 1);
    }
    String text = decoded(bytes);
    int skipped = 0;
    char between = delimiter.map(d -> d.charAt(0)).orElseGet(() -> guessed(firstLine(text)));
    String rest = text;
    if (firstLine(text).matches("(?i)sep=.")) {
      between = firstLine(text).charAt(4);
      rest = text.substring(Math.min(text.length(), firstLine(text).length() + 1));
      rest = rest.startsWith("\n") ? rest.substring(1) : rest;
      skipped = 1;
    }
    List<StaffTable.Row> rows = rows(rest, between, skipped);
    if (rows.isEmpty()) {
      throw new NoTable("import.empty", 1);
    }
    return new StaffTable(file, rows.get(0), rows.subList(1, rows.size()));
  }

  private static String decoded(byte[] bytes) throws NoTable {
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      return strictly(bytes, StandardCharsets.UTF_8)
          .map(text -> text.substring(1))
          .orElseThrow(() -> new NoTable("import.encoding", 1));
    }
    if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
      return strictly(bytes, StandardCharsets.UTF_16)
          .orElseThrow(() -> new NoTable("import.encoding", 1));
    }
    return strictly(bytes, StandardCharsets.UTF_8)
        .or(() -> strictly(bytes, WINDOWS))
        .filter(text -> text.indexOf('\0') < 0)
        .orElseThrow(() -> new NoTable("import.encoding", 1));
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (bytes.length <= i || (bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> strictly(byte[] bytes, Charset charset) {
    try {
      return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException other) {
      return Optional.empty();
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  /** The one there is most of between the headings. */
  private static char guessed(String headings) {
    char best = ';';
    long most = 0;
    for (char each : DELIMITERS) {
      long count = headings.chars().filter(c -> c == each).count();
      if (count > most) {
        best = each;
        most = count;
      }
    }
    return best;
  }

  private static List<StaffTable.Row> rows(String text, char delimiter, int skipped)
      throws NoTable {
    CsvMapper mapper =
        CsvMapper.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .disable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();
    List<StaffTable.Row> rows = new ArrayList<>();
    try (CsvParser parser = mapper.getFactory().createParser(text)) {
      parser.setSchema(CsvSchema.emptySchema().withColumnSeparator(delimiter));
      int line = 1;
      List<String> cells = new ArrayList<>();
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING) {
          line = cells.isEmpty() ? parser.currentTokenLocation().getLineNr() : line;
          cells.add(parser.getText());
        } else if (token == JsonToken.END_ARRAY && !cells.isEmpty()) {
          rows.add(new StaffTable.Row(line + skipped, cells));
          cells = new ArrayList<>();
        }
      }
    } catch (JsonParseException broken) {
      throw new NoTable("import.broken", line(broken) + skipped);
    } catch (IOException never) {
      throw new IllegalStateException("a text in memory is read", never);
    }
    return rows;
  }

  private static int line(JsonParseException broken) {
    return Optional.ofNullable(broken.getLocation()).map(JsonLocation::getLineNr).orElse(1);
  }
}
