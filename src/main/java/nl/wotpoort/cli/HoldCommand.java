package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;
import nl.wotpoort.desk.SecondPerson;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.HeldMessage;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.OutgoingFile;
import nl.wotpoort.store.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wotpoort hold}: messages that wait for a person. */
@Command(
    name = "hold",
    subcommands = {
      HoldCommand.ListAll.class,
      HoldCommand.Show.class,
      HoldCommand.Release.class,
      HoldCommand.Reject.class
    })
final class HoldCommand {

  /** The actions that look at held messages. */
  abstract static class OnHeld extends Action {

    final MessageRef ref(String text) throws Refusal {
      return MessageRef.parse(text).orElseThrow(() -> wrong("hold.notRef", text));
    }

    final Refusal notHeld(MessageRef ref) {
      return new Refusal(Exit.NO, screen().text("hold.notHeld", ref));
    }

    final String cause(HeldMessage held) {
      return screen().text("hold." + held.cause().name());
    }

    /** The cause within the cause, when it is one of the judge's; else the bare code. */
    final String detail(HeldMessage held) {
      return screen().textOr("hold.cause." + first(held.detail()), held.detail());
    }

    static String first(String detail) {
      return detail.split("[^A-Z_]", 2)[0];
    }

    final ObjectNode json(HeldMessage held) {
      ObjectNode json = Json.object();
      json.put("id", held.ref().toString());
      json.put("cause", held.cause().name());
      json.put("detail", held.detail());
      json.put("receivedAt", held.receivedAt().toString());
      json.put("heldAt", held.heldAt().toString());
      json.put("attempts", held.attempts());
      json.put("source", held.source());
      json.put("mailbox", held.mailbox().toString());
      json.put("size", held.size());
      return json;
    }
  }

  /** {@code hold list}. */
  @Command(name = "list")
  static final class ListAll extends OnHeld {

    @Option(names = "--cause", paramLabel = "OORZAAK")
    private @Nullable HoldCause cause;

    @Option(names = "--max", paramLabel = "AANTAL")
    private int max = 200;

    @Override
    public Integer call() throws Refusal {
      try (Store store = installation().store()) {
        List<HeldMessage> held =
            store.holds().list(max).stream()
                .filter(one -> cause == null || one.cause() == cause)
                .toList();
        if (screen().isJson()) {
          held.forEach(one -> screen().json(json(one)));
        } else if (held.isEmpty()) {
          screen().say("hold.none");
        } else {
          held.forEach(this::print);
          screen().say("hold.count", held.size());
        }
        return Exit.FINE;
      }
    }

    private void print(HeldMessage held) {
      screen()
          .say(
              "hold.line",
              held.ref(),
              Times.shown(held.receivedAt()),
              held.mailbox(),
              cause(held),
              detail(held));
    }
  }

  /** {@code hold show}. */
  @Command(name = "show")
  static final class Show extends OnHeld {

    @Parameters(index = "0", paramLabel = "NUMMER", descriptionKey = "messageNumber")
    private String number = "";

    @Override
    public Integer call() throws Refusal {
      MessageRef ref = ref(number);
      try (Store store = installation().store()) {
        HeldMessage held = store.holds().show(ref).orElseThrow(() -> notHeld(ref));
        JournalText journal = new JournalText(screen());
        if (screen().isJson()) {
          ObjectNode json = json(held);
          json.set("journal", journal.json(store.journal().about(ref.toString())));
          screen().json(json);
          return Exit.FINE;
        }
        screen().say("hold.show", held.ref(), held.mailbox(), Times.shown(held.receivedAt()));
        screen().say("hold.show.why", cause(held), held.cause(), detail(held), held.detail());
        screen().say("hold.show.rest", held.source(), held.attempts(), held.size());
        for (OutgoingFile letter : store.outbox().of(ref)) {
          screen().line("  " + Letters.line(letter, screen()));
        }
        store
            .journal()
            .about(ref.toString())
            .forEach(line -> screen().line("  " + journal.line(line)));
        screen()
            .say("hold.show.todo." + (SecondPerson.isAwaited(held) ? "second" : "one"), held.ref());
        return Exit.FINE;
      }
    }
  }

  /** {@code hold release}. */
  @Command(name = "release")
  static final class Release extends OnHeld {

    @Parameters(arity = "0..*", paramLabel = "NUMMER", descriptionKey = "messageNumbers")
    private List<String> numbers = new ArrayList<>();

    @Option(names = "--all")
    private boolean all;

    @Option(names = "--cause", paramLabel = "OORZAAK")
    private @Nullable HoldCause cause;

    @Option(names = "--max", paramLabel = "AANTAL")
    private int max = Integer.MAX_VALUE;

    @Option(names = "--rate", paramLabel = "AANTAL")
    private @Nullable Integer rate;

    @Option(names = "--by", paramLabel = "NAAM")
    private @Nullable String by;

    @Option(names = "--second-person")
    private boolean secondPerson;

    @Override
    public Integer call() throws Refusal {
      boolean several = all || cause != null;
      if (several == !numbers.isEmpty()) {
        throw wrong("hold.release.which");
      }
      if (secondPerson && (several || by == null)) {
        throw wrong("hold.release.secondPerson");
      }
      if (rate != null && (rate < 1 || !several)) {
        throw wrong("hold.release.rate");
      }
      Actor who = Actors.of(by, surroundings());
      // only a second person needs the directory: others are released also when it has a mistake
      Optional<Configuration> configuration =
          secondPerson ? Optional.of(installation().configuration()) : Optional.empty();
      try (Store store = installation().store()) {
        if (configuration.isPresent()) {
          return releaseEach(ref -> second(ref, store, configuration.get()));
        }
        return several ? releaseAll(store, who) : releaseEach(ref -> release(ref, store, who));
      }
    }

    private int releaseAll(Store store, Actor who) throws Refusal {
      int aMinute = rate == null ? installation().settings().upkeep().releasesAMinute() : rate;
      Duration apart = Duration.ofMinutes(1).dividedBy(aMinute);
      int released = store.holds().release(Optional.ofNullable(cause), max, apart, who, now());
      Instant last = now().plus(apart.multipliedBy(Math.max(0, released - 1)));
      if (screen().isJson()) {
        screen().json(Json.object().put("released", released).put("last", last.toString()));
      } else {
        screen().say("hold.releasedCount", released, aMinute, Times.shown(last));
      }
      return Exit.FINE;
    }

    private int releaseEach(ToIntFunction<MessageRef> release) throws Refusal {
      List<MessageRef> refs = new ArrayList<>();
      for (String number : numbers) {
        refs.add(ref(number));
      }
      int exit = Exit.FINE;
      for (MessageRef ref : refs) {
        exit = Math.max(exit, release.applyAsInt(ref));
      }
      return exit;
    }

    private int release(MessageRef ref, Store store, Actor who) {
      Optional<HeldMessage> held = store.holds().show(ref);
      if (held.isEmpty()) {
        return no("hold.notHeld", ref);
      }
      if (SecondPerson.isAwaited(held.get())) {
        return no("hold.needsSecondPerson", ref);
      }
      store.holds().release(ref, who, now());
      return released(ref);
    }

    private int second(MessageRef ref, Store store, Configuration configuration) {
      Optional<HeldMessage> held = store.holds().show(ref);
      if (held.isEmpty()) {
        return no("hold.notHeld", ref);
      }
      String second = Objects.requireNonNull(by, "asked for with --second-person");
      return new SecondPerson(
              store, configuration.directory(), configuration.settings().upkeep().secondPersons())
          .agree(held.get(), second, Actors.of(null, surroundings()).id(), now())
          .objection()
          .map(objection -> no("hold.second." + objection.name(), ref, second))
          .orElseGet(() -> released(ref));
    }

    private int released(MessageRef ref) {
      if (screen().isJson()) {
        screen().json(Json.object().put("released", ref.toString()));
      } else {
        screen().say("hold.released", ref);
      }
      return Exit.FINE;
    }

    private int no(String key, Object... arguments) {
      screen().aside(screen().text(key, arguments));
      return Exit.NO;
    }

    private Instant now() {
      return surroundings().clock().instant();
    }
  }

  /** {@code hold reject}. */
  @Command(name = "reject")
  static final class Reject extends OnHeld {

    @Parameters(index = "0", paramLabel = "NUMMER", descriptionKey = "messageNumber")
    private String number = "";

    @Option(names = "--reason", required = true, paramLabel = "CODE")
    private String reason = "";

    @Option(names = "--by", paramLabel = "NAAM")
    private @Nullable String by;

    @Override
    public Integer call() throws Refusal {
      MessageRef ref = ref(number);
      if (!reason.matches("[A-Z][A-Z0-9_]{2,39}")) {
        throw wrong("hold.reject.reason", reason);
      }
      try (Store store = installation().store()) {
        boolean done =
            store
                .holds()
                .reject(
                    ref,
                    reason,
                    Consequences.none(),
                    Actors.of(by, surroundings()),
                    surroundings().clock().instant());
        if (!done) {
          throw notHeld(ref);
        }
        if (screen().isJson()) {
          screen().json(Json.object().put("rejected", ref.toString()).put("reason", reason));
        } else {
          screen().say("hold.rejected", ref, reason);
        }
        return Exit.FINE;
      }
    }
  }
}
