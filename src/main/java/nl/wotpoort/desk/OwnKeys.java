package nl.wotpoort.desk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nl.wotpoort.letter.Address;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.smime.Certificates;
import nl.wotpoort.smime.KeyEntry;
import nl.wotpoort.smime.KeyFileFault;
import nl.wotpoort.smime.KeyFiles;
import nl.wotpoort.smime.KeyRing;
import nl.wotpoort.smime.KeyTokens;

/** The gateway's own keys as {@code keys.*} names them: PKCS#12 files, folders of them, tokens. */
final class OwnKeys {

  private final Settings settings;
  private final KeptFiles files;
  private final KeyRing before;

  /** Each token is logged in to once, however many mailboxes it serves: a wrong PIN locks it. */
  private final Map<String, List<KeyEntry>> tokens = new LinkedHashMap<>();

  /**
   * @param before keys that were read already; those in tokens are kept, for asking again means
   *     logging in again
   */
  OwnKeys(Settings settings, KeptFiles files, KeyRing before) {
    this.settings = settings;
    this.files = files;
    this.before = before;
  }

  KeyRing ring() {
    Map<Address, List<KeyEntry>> entries = new LinkedHashMap<>();
    settings
        .keys()
        .forEach(
            (mailbox, sources) ->
                entries.put(
                    mailbox,
                    sources.stream()
                        .flatMap(
                            source ->
                                source
                                    .fold(this::inFile, token -> inToken(token, mailbox))
                                    .stream())
                        .toList()));
    return KeyRing.of(entries);
  }

  private List<KeyEntry> inFile(Settings.KeyFile named) {
    List<KeyEntry> all = new ArrayList<>();
    for (Path file : files.in(named.file())) {
      if (file.equals(named.file()) || isPkcs12(file)) {
        all.addAll(files.read(file, bytes -> inFile(file, bytes, named)));
      }
    }
    return all;
  }

  private static boolean isPkcs12(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".p12") || name.endsWith(".pfx");
  }

  private static List<KeyEntry> inFile(Path file, byte[] bytes, Settings.KeyFile named)
      throws KeyFileFault {
    char[] password = named.password().reveal();
    try {
      return KeyFiles.keys(file.toString(), bytes, password);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private List<KeyEntry> inToken(Settings.KeyToken token, Address mailbox) {
    List<KeyEntry> kept = before.of(mailbox).stream().filter(KeyEntry::isInToken).toList();
    if (!kept.isEmpty()) {
      return kept;
    }
    List<KeyEntry> own =
        tokens.computeIfAbsent(token.library() + " " + token.slot(), t -> read(token)).stream()
            .filter(key -> Certificates.addresses(key.certificate()).contains(mailbox))
            .toList();
    return own;
  }

  private List<KeyEntry> read(Settings.KeyToken token) {
    char[] pin = token.pin().reveal();
    try {
      return KeyTokens.keys(token.library(), token.slot(), pin);
    } catch (KeyFileFault fault) {
      files.fault(fault);
      return List.of();
    } finally {
      Arrays.fill(pin, '\0');
    }
  }
}
