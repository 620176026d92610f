package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import nl.wotpoort.desk.ConsentClerk;
import nl.wotpoort.desk.ConsentIds;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.store.ConsentEntry;
import nl.wotpoort.store.Documentation;
import nl.wotpoort.store.Giver;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wotpoort consent}: the consent register. */
@Command(
    name = "consent",
    subcommands = {
      ConsentAdd.class,
      ConsentCommand.ListAll.class,
      ConsentCommand.Show.class,
      ConsentCommand.Withdraw.class,
      ConsentExchange.Export.class,
      ConsentExchange.Import.class,
      ConsentGrounds.class
    })
final class ConsentCommand {

  /** What list and show have in common. */
  abstract static class OnConsents extends Action {

    /** As the register writes it, however it was typed. */
    static String id(String typed) {
      return typed.strip().toUpperCase(Locale.ROOT);
    }

    final Refusal unknown(String id) {
      return new Refusal(Exit.NO, screen().text("consent.unknown", id));
    }

    final String period(ConsentRecord record) {
      if (record.withdrawn().isPresent()) {
        return screen().text("consent.withdrawnAt", Times.shown(record.withdrawn().get()));
      }
      return record
          .until()
          .map(until -> screen().text("consent.until", ConsentJson.moment(until)))
          .orElseGet(() -> screen().text("consent.untilWithdrawn"));
    }

    static String joined(Collection<?> some) {
      return some.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }

    final void line(ConsentEntry entry) {
      ConsentRecord record = entry.consent().record();
      screen()
          .say(
              "consent.line",
              entry.id(),
              screen().text("consent.type." + record.type().name()),
              joined(record.holders()),
              joined(record.recipients()),
              joined(record.purposes()),
              joined(record.categories()),
              period(record));
    }
  }

  /** {@code consent list}: without clients. */
  @Command(name = "list")
  static final class ListAll extends OnConsents {

    @Option(names = "--after", paramLabel = "NUMMER")
    private String after = "";

    @Option(names = "--max", paramLabel = "AANTAL")
    private int max = 200;

    @Override
    public Integer call() throws Refusal {
      if (max < 1) {
        throw wrong("consent.max");
      }
      try (Store store = installation().store()) {
        List<ConsentEntry> entries = store.consents().list(id(after), max);
        for (ConsentEntry entry : entries) {
          if (screen().isJson()) {
            screen().json(ConsentJson.write(entry));
          } else {
            line(entry);
          }
        }
        if (!screen().isJson()) {
          if (entries.isEmpty()) {
            screen().say(after.isEmpty() ? "consent.none" : "consent.noMore", after);
          } else if (entries.size() == max) {
            screen().say("consent.perhapsMore", entries.get(max - 1).id());
          }
        }
        return Exit.FINE;
      }
    }
  }

  /** {@code consent show}: with how it was obtained; looking is journalled (NEN 7513). */
  @Command(name = "show")
  static final class Show extends OnConsents {

    @Parameters(index = "0", paramLabel = "NUMMER", descriptionKey = "consentNumber")
    private String id = "";

    @Option(names = "--by", paramLabel = "NAAM")
    private @Nullable String by;

    @Override
    public Integer call() throws Refusal {
      try (Store store = installation().store()) {
        List<ConsentEntry> versions = store.consents().history(id(id));
        if (versions.isEmpty()) {
          throw unknown(id);
        }
        ConsentEntry newest = versions.get(versions.size() - 1);
        store
            .journal()
            .write(
                JournalEntry.of(
                        surroundings().clock().instant(),
                        "CONSENT_VIEWED",
                        JournalEntry.Action.READ,
                        Actors.of(by, surroundings()),
                        newest.id())
                    .concerning(newest.consent().client())
                    .comingFrom("cli"));
        tell(newest);
        return Exit.FINE;
      }
    }

    /** A record of before authority was asked has only what the policy calls its givers. */
    private List<String> givers(ConsentEntry entry) {
      List<Giver> givers = entry.consent().documentation().givers();
      return givers.isEmpty()
          ? entry.consent().record().by().stream()
              .map(giver -> ConsentFields.shown(giver, screen()))
              .toList()
          : givers.stream().map(giver -> ConsentFields.shown(giver, screen())).toList();
    }

    private void tell(ConsentEntry entry) {
      ConsentRecord record = entry.consent().record();
      Documentation how = entry.consent().documentation();
      if (screen().isJson()) {
        ObjectNode json = ConsentJson.write(entry);
        json.set("by", Json.list(record.by().stream().sorted().toList()));
        json.put("method", how.method().reveal());
        json.put("obtainedBy", how.obtainedBy().reveal());
        json.put("place", how.place().reveal());
        json.put("told", how.told().reveal());
        Json.put(json, "obtainedOn", how.obtainedOn());
        Json.put(json, "where", how.where().map(Confidential::reveal));
        Json.put(json, "evidence", how.evidence().map(Confidential::reveal));
        Json.put(json, "capable", record.givenCapable());
        Json.put(json, "replaces", record.replaces());
        json.set("givers", Json.list(givers(entry)));
        screen().json(json);
        return;
      }
      line(entry);
      screen().below("consent.show.by", joined(givers(entry)), Times.shown(record.recorded()));
      screen().below("consent.show.method", how.method().reveal(), how.obtainedBy().reveal());
      how.obtainedOn().ifPresent(day -> screen().below("consent.show.obtainedOn", day));
      how.where().ifPresent(where -> screen().below("consent.show.where", where.reveal()));
      screen().below("consent.show.place", how.place().reveal());
      how.evidence().ifPresent(proof -> screen().below("consent.show.evidence", proof.reveal()));
      record.replaces().ifPresent(old -> screen().below("consent.show.replaces", old));
      screen().below("consent.show.told", how.told().reveal());
      entry
          .withdrawal()
          .ifPresent(
              w ->
                  screen()
                      .below(
                          "consent.show.withdrawal",
                          Times.shown(w.when()),
                          w.who().reveal(),
                          w.how().reveal()));
      screen().below("consent.show.version", entry.version());
    }
  }

  /** {@code consent withdraw}: works at once, also on what is queued. */
  @Command(name = "withdraw")
  static final class Withdraw extends OnConsents {

    @Parameters(index = "0", paramLabel = "NUMMER", descriptionKey = "consentNumber")
    private String typed = "";

    @Option(names = "--who", required = true, paramLabel = "WIE")
    private String who = "";

    @Option(names = "--how", required = true, paramLabel = "HOE")
    private String how = "";

    @Option(names = "--by", paramLabel = "NAAM")
    private @Nullable String by;

    @Override
    public Integer call() throws Refusal {
      if (who.isBlank() || how.isBlank()) {
        throw wrong("consent.withdraw.fields");
      }
      String id = id(typed);
      try (Store store = installation().store()) {
        ConsentClerk clerk = new ConsentClerk(store, surroundings().clock(), ConsentIds::draw);
        Optional<Instant> before =
            store.consents().show(id).flatMap(entry -> entry.consent().record().withdrawn());
        ConsentEntry entry =
            clerk
                .withdraw(id, who.strip(), how.strip(), Actors.of(by, surroundings()))
                .orElseThrow(() -> unknown(id));
        if (screen().isJson()) {
          screen().json(ConsentJson.write(entry));
        } else if (before.isPresent()) {
          screen().say("consent.wasWithdrawn", id, Times.shown(before.get()));
        } else {
          screen().say("consent.withdrawn", id);
        }
        return Exit.FINE;
      }
    }
  }
}
