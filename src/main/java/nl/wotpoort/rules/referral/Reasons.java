package nl.wotpoort.rules.referral;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The reasons a team may give in a word from this list. They say nothing about the client that the
 * referrer does not know, so they go with the status; any other words need consent.
 */
public enum Reasons {
  NO_CAPACITY("geen capaciteit", "geen plaats", "no capacity"),
  NOT_OUR_TASK("hoort niet bij het wijkteam", "niet passend", "geen taak", "not our task"),
  OTHER_ORGANISATION("andere organisatie", "hoort bij een andere organisatie", "elsewhere"),
  OTHER_MUNICIPALITY("woont elders", "andere gemeente", "other municipality"),
  CLIENT_DECLINES("client wil niet", "cliënt wil niet", "client declines"),
  NOT_REACHED("client niet bereikt", "cliënt niet bereikt", "niet bereikbaar", "not reached"),
  ALREADY_HELPED("al in beeld", "heeft al ondersteuning", "already helped"),
  NEEDS_HELP_REQUEST("hulpvraag", "hulpvraag onduidelijk", "help request"),
  NEEDS_FACTORS("factoren", "beperkende factoren", "factors"),
  NEEDS_ADDRESS("adres", "postcode", "address"),
  NEEDS_PHONE("telefoonnummer", "telefoon", "phone number"),
  NEEDS_CONSENT("toestemming", "consent"),
  NEEDS_BIRTH_DATE("geboortedatum", "birth date");

  /** Between bars. */
  private final String words;

  Reasons(String... words) {
    this.words = "|" + String.join("|", words) + "|";
  }

  /**
   * The reasons {@code text} names, by commas; empty when any part of it is not one of the list:
   * then it is somebody's own words.
   */
  public static List<Reasons> in(String text) {
    List<Reasons> found = new ArrayList<>();
    for (String part : text.split("[,;]")) {
      Optional<Reasons> reason = of(part);
      if (reason.isEmpty()) {
        return List.of();
      }
      found.add(reason.get());
    }
    return List.copyOf(found);
  }

  private static Optional<Reasons> of(String part) {
    String word = part.strip().toLowerCase(Locale.ROOT).replaceAll("[.!]+$", "");
    return Arrays.stream(values())
        .filter(reason -> reason.words.contains("|" + word + "|"))
        .findFirst();
  }
}
