package nl.wotpoort.settings;

import java.util.List;

/**
 * A table of staff as its file holds it.
 *
 * @param file as the administrator knows it
 * @param headings the first row, with the line it stands on
 * @param rows the others; as many cells as they have, which may be fewer than the headings
 */
public record StaffTable(String file, Row headings, List<Row> rows) {

  /** A row and the line it begins on. */
  public record Row(int line, List<String> cells) {
    public Row {
      cells = List.copyOf(cells);
    }
  }

  public StaffTable {
    rows = List.copyOf(rows);
  }

  /** What a spreadsheet calls column 0, 1, 27: A, B, AB. */
  static String letters(int column) {
    String last = String.valueOf((char) ('A' + column % 26));
    return column < 26 ? last : letters(column / 26 - 1) + last;
  }
}
