package nl.wotpoort.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import nl.wotpoort.letter.Address;
import nl.wotpoort.settings.Settings.KeyFile;
import nl.wotpoort.settings.Settings.KeySource;
import nl.wotpoort.settings.Settings.KeyToken;
import nl.wotpoort.settings.Settings.RevocationUnknown;
import nl.wotpoort.settings.Settings.SubjectEmail;
import nl.wotpoort.settings.Settings.TrustGroup;

/** The part of the settings about keys and trust: {@code keys.*} and {@code trust.*}. */
final class KeySettings {

  private static final List<String> KEY_FIELDS =
      List.of("file", "password", "token", "slot", "pin");
  private static final List<String> TRUST_FIELDS =
      List.of(
          "anchors",
          "intermediates",
          "crls",
          "crlUrls",
          "ocsp",
          "revocation",
          "subjectEmail",
          "domains");

  private static final Pattern WEB = Pattern.compile("https?://[A-Za-z0-9.:\\[\\]_-]+(/[!-~]*)?");

  private final PropertyFile file;
  private final PropertyAsker ask;
  private final Optional<String> domain;

  KeySettings(PropertyFile file, PropertyAsker ask, Optional<String> domain) {
    this.file = file;
    this.ask = ask;
    this.domain = domain;
  }

  /**
   * {@code keys.oost.file}, or {@code keys.oost.1.file} and {@code keys.oost.2.token}, in order.
   */
  Map<Address, List<KeySource>> keys() {
    Map<Address, List<KeySource>> keys = new LinkedHashMap<>();
    for (String name : inOrder(file.namesBetween("keys.", KEY_FIELDS))) {
      String group = "keys." + name + ".";
      Optional<Address> mailbox = mailbox(name, group);
      Optional<? extends KeySource> source =
          file.mentions(group + "token") ? token(group) : keyFile(group);
      if (mailbox.isPresent() && source.isPresent()) {
        keys.computeIfAbsent(mailbox.get(), m -> new ArrayList<>()).add(source.get());
      }
    }
    keys.replaceAll((mailbox, files) -> List.copyOf(files));
    return keys;
  }

  private Optional<KeyFile> keyFile(String group) {
    Optional<Path> path =
        ask.requiredIn(group, "file", "keys/oost.p12")
            .flatMap(text -> ask.existingOrFolder(group + "file", text));
    Optional<Secret> password = ask.secret(group, "password");
    return path.flatMap(p -> password.map(secret -> new KeyFile(p, secret)));
  }

  private Optional<KeyToken> token(String group) {
    Optional<Path> library =
        ask.text(group + "token").flatMap(text -> ask.existing(group + "token", text));
    Optional<String> slot =
        ask.requiredIn(group, "slot", "0").filter(text -> isSlot(text, group + "slot"));
    Optional<Secret> pin = ask.secret(group, "pin");
    if (library.isEmpty() || slot.isEmpty()) {
      return Optional.empty();
    }
    return pin.map(
        secret -> new KeyToken(library.get().toAbsolutePath(), Long.parseLong(slot.get()), secret));
  }

  /** Vendors number as they like, up to four bytes. */
  private boolean isSlot(String text, String key) {
    boolean number = text.matches("[0-9]{1,10}") && Long.parseLong(text) <= 0xffff_ffffL;
    if (!number) {
      ask.wrong(key, "VALUE_NOT_NUMBER", key, "0", "4294967295");
    }
    return number;
  }

  private static List<String> inOrder(Set<String> names) {
    return names.stream().sorted(Comparator.comparingInt(KeySettings::index)).toList();
  }

  private static int index(String name) {
    String end = name.substring(name.lastIndexOf('.') + 1);
    return end.matches("[0-9]{1,4}") ? Integer.parseInt(end) : 0;
  }

  private Optional<Address> mailbox(String name, String group) {
    String local = name.replaceFirst("\\.[0-9]{1,4}$", "");
    Optional<Address> address = domain.flatMap(d -> Address.parse(local + "@" + d));
    if (domain.isPresent() && address.isEmpty()) {
      ask.wrong(group, "KEY_MAILBOX", name);
    }
    return address;
  }

  Map<String, TrustGroup> trust() {
    Map<String, TrustGroup> groups = new LinkedHashMap<>();
    Map<String, RevocationUnknown> choices =
        Map.of("hold", RevocationUnknown.HOLD, "accept", RevocationUnknown.ACCEPT);
    RevocationUnknown usual =
        ask.choice("revocation.unknown", choices, RevocationUnknown.HOLD)
            .orElse(RevocationUnknown.HOLD);
    Set<String> names = file.namesBetween("trust.", TRUST_FIELDS);
    if (names.isEmpty()) {
      ask.required("trust.huisartsen.anchors", "certs/zorg-root.pem");
    }
    for (String name : names) {
      String group = "trust." + name + ".";
      ask.requiredIn(group, "anchors", "certs/zorg-root.pem");
      List<Path> anchors = ask.existingFiles(group + "anchors");
      List<Path> intermediates = ask.existingFiles(group + "intermediates");
      List<Path> crls = ask.existingFiles(group + "crls");
      Optional<RevocationUnknown> revocation = ask.choice(group + "revocation", choices, usual);
      List<String> crlUrls = addresses(group + "crlUrls");
      List<String> responders = addresses(group + "ocsp");
      SubjectEmail subjectEmail =
          ask.choice(
                  group + "subjectEmail",
                  Map.of("accept", SubjectEmail.ACCEPT, "ignore", SubjectEmail.IGNORE),
                  SubjectEmail.IGNORE)
              .orElse(SubjectEmail.IGNORE);
      Set<String> domains = ask.domains(group + "domains");
      revocation.ifPresent(
          r ->
              groups.put(
                  name,
                  new TrustGroup(
                      anchors,
                      intermediates,
                      crls,
                      crlUrls,
                      responders,
                      r,
                      subjectEmail,
                      domains)));
    }
    return groups;
  }

  private List<String> addresses(String key) {
    List<String> addresses = ask.listed(key);
    addresses.stream()
        .filter(address -> !WEB.matcher(address).matches())
        .forEach(address -> ask.wrong(key, "VALUE_NOT_WEB", key, address));
    return addresses;
  }
}
