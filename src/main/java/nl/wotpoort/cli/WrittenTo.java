package nl.wotpoort.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;

/**
 * The outer header of a mail file, read as far as it is needed to find out which mailbox it is for
 * and to lay it beside the protected one. Anybody can write it; nothing rests on it. Total.
 */
final class WrittenTo {

  private static final int LARGEST = 256 * 1024;
  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+");

  /** Where a server writes whom it delivered for, then whom it was written to. */
  private static final List<String> RECIPIENTS =
      List.of("x-original-to", "delivered-to", "envelope-to", "to", "cc");

  private final List<String> fields = new ArrayList<>();

  private WrittenTo() {}

  static WrittenTo of(Bytes mail) {
    String text =
        mail.slice(0, Math.min(LARGEST, mail.length())).decode(StandardCharsets.ISO_8859_1);
    WrittenTo header = new WrittenTo();
    for (String line : text.split("\r?\n", -1)) {
      if (line.isEmpty()) {
        break;
      }
      header.take(line);
    }
    return header;
  }

  private void take(String line) {
    boolean continued = line.charAt(0) == ' ' || line.charAt(0) == '\t';
    if (continued && !fields.isEmpty()) {
      int last = fields.size() - 1;
      fields.set(last, fields.get(last) + line);
    } else {
      fields.add(line);
    }
  }

  /** The values of every field of that name, unfolded, in order. */
  List<String> values(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return fields.stream()
        .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(start))
        .map(field -> field.substring(start.length()).strip())
        .toList();
  }

  /** Everybody it says it is for, the most telling first. */
  Set<Address> recipients() {
    Set<Address> found = new LinkedHashSet<>();
    for (String name : RECIPIENTS) {
      for (String value : values(name)) {
        Matcher address = ADDRESS.matcher(value);
        while (address.find()) {
          Address.parse(address.group()).ifPresent(found::add);
        }
      }
    }
    return found;
  }
}
