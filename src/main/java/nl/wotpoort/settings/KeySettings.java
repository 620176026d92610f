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
import nl.wotpoort.settings.Settings.RevocationUnknown;
import nl.wotpoort.settings.Settings.SubjectEmail;
import nl.wotpoort.settings.Settings.TrustGroup;

/** The part of the settings about keys and trust: {@code keys.*} and {@code trust.*}. */
final class KeySettings {

  private static final List<String> KEY_FIELDS = List.of("file", "password");
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

  /** {@code keys.oost.file}, or {@code keys.oost.1.file} and {@code keys.oost.2.file}, in order. */
  Map<Address, List<KeyFile>> keys() {
    Map<Address, List<KeyFile>> keys = new LinkedHashMap<>();
    for (String name : inOrder(file.namesBetween("keys.", KEY_FIELDS))) {
      String group = "keys." + name + ".";
      Optional<Address> mailbox = mailbox(name, group);
      Optional<Path> path =
          ask.requiredIn(group, "file", "keys/oost.p12")
              .flatMap(text -> ask.existing(group + "file", text));
      Optional<Secret> password = ask.secret(group, "password");
      if (mailbox.isPresent() && path.isPresent() && password.isPresent()) {
        keys.computeIfAbsent(mailbox.get(), m -> new ArrayList<>())
            .add(new KeyFile(path.get(), password.get()));
      }
    }
    keys.replaceAll((mailbox, files) -> List.copyOf(files));
    return keys;
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
