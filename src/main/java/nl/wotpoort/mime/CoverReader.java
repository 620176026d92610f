package nl.wotpoort.mime;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Cover;

/**
 * Reads what stands above a letter for a practice: the line {@code Aan:} and the lines about the
 * client. Used only for mail to the desk that such letters go to; anywhere else "Aan:" is a line
 * like any other. Only the sender's own lines count. Total and stateless.
 */
public final class CoverReader {

  private static final Pattern TO =
      Pattern.compile("\\s*(?:aan|to)\\s*:(.*)", Pattern.CASE_INSENSITIVE);

  /** Also as Outlook writes it in plain text: {@code name@x.example<mailto:name@x.example>}. */
  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,255}");

  private static final Set<String> NOBODY = Set.of("geen", "niemand", "none", "nobody");

  public Cover read(Reading reading) {
    String text = reading.text().reveal();
    Set<Address> addressees = new LinkedHashSet<>();
    for (String line : OwnLines.of(text)) {
      Matcher to = TO.matcher(line.replace("*", ""));
      if (to.matches()) {
        addAll(to.group(1), addressees);
      }
    }
    return about(text, List.copyOf(addressees));
  }

  private static void addAll(String value, Set<Address> addressees) {
    Matcher address = ADDRESS.matcher(value.replaceAll("(?i)mailto:", " "));
    while (address.find()) {
      Address.parse(address.group()).ifPresent(addressees::add);
    }
  }

  /** Of text that is too long for labels nobody is the client. */
  private static Cover about(String text, List<Address> addressees) {
    try {
      LabelledText labels = LabelledText.of(text);
      boolean nobody =
          labels.value(Label.CLIENT).map(Wording::key).filter(NOBODY::contains).isPresent();
      return new Cover(addressees, nobody ? Client.unknown() : LabelledClient.of(labels), nobody);
    } catch (Unreadable tooLong) {
      return new Cover(addressees, Client.unknown(), false);
    }
  }
}
