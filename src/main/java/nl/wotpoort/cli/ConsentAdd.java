package nl.wotpoort.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.stream.Collectors;
import nl.wotpoort.desk.ConsentClerk;
import nl.wotpoort.desk.ConsentForm;
import nl.wotpoort.desk.ConsentIds;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.ConsentIdTaken;
import nl.wotpoort.store.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code wotpoort consent add}: asks for a consent or objection and reads it back in one sentence;
 * or takes it from a file. Held messages that waited for it go on at once.
 */
@Command(name = "add")
final class ConsentAdd extends Action {

  private static final int DRAWS = 5;

  @Option(names = "--from", paramLabel = "BESTAND.json")
  private @Nullable Path from;

  @Option(names = "--objection")
  private boolean objection;

  @Option(names = "--by", paramLabel = "NAAM")
  private @Nullable String by;

  @Override
  public Integer call() throws Refusal {
    if (from == null && screen().isJson()) {
      throw wrong("consent.jsonNeedsFile");
    }
    Configuration configuration = installation().configuration();
    LocalDate today = Times.day(surroundings().clock().instant());
    ConsentFields fields =
        new ConsentFields(
            installation().tables(configuration.settings().routes()).on(today),
            configuration.directory(),
            today,
            screen());
    return from == null
        ? interview(configuration, fields)
        : record(
            configuration, ConsentJson.read(InputFiles.bytes(from, screen()), fields, screen()));
  }

  private int interview(Configuration configuration, ConsentFields fields) throws Refusal {
    ConsentInterview interview = new ConsentInterview(surroundings().lines(), fields, screen());
    ConsentForm form =
        interview.form(objection ? ConsentRecord.Type.OBJECTION : ConsentRecord.Type.CONSENT);
    if (!interview.agrees(sentence(form))) {
      screen().say("consent.notRecorded");
      return Exit.NO;
    }
    return record(configuration, form);
  }

  private int record(Configuration configuration, ConsentForm form) throws Refusal {
    try (Store store = installation().store(configuration.settings())) {
      ConsentClerk clerk = new ConsentClerk(store, surroundings().clock(), ConsentIds::draw);
      ConsentClerk.Recorded recorded = record(clerk, form, Actors.of(by, surroundings()));
      if (screen().isJson()) {
        screen().json(Json.object().put("id", recorded.id()).put("released", recorded.released()));
      } else {
        screen().say("consent.recorded", recorded.id(), recorded.released());
      }
      return Exit.FINE;
    }
  }

  private ConsentClerk.Recorded record(ConsentClerk clerk, ConsentForm form, Actor who)
      throws Refusal {
    for (int draw = 1; ; draw++) {
      try {
        return clerk.record(form, who).orElseThrow(() -> wrong("consent.notIdentified"));
      } catch (ConsentIdTaken taken) {
        if (draw == DRAWS) {
          throw taken;
        }
      }
    }
  }

  /** What was filled in, as one would say it. */
  private String sentence(ConsentForm form) {
    return screen()
        .text(
            "consent.sentence." + form.type().name(),
            joined(
                form.documentation().givers().stream()
                    .map(giver -> ConsentFields.shown(giver, screen()))
                    .toList()),
            form.client().name().map(Confidential::reveal).orElse("?"),
            form.client().birthDate().map(Confidential::reveal).map(Object::toString).orElse("?"),
            joined(form.holders()),
            joined(form.recipients()),
            joined(form.purposes()),
            joined(form.categories()),
            form.from().map(Object::toString).orElseGet(() -> screen().text("consent.fromNow")),
            form.until()
                .map(until -> screen().text("consent.until", until))
                .orElseGet(() -> screen().text("consent.untilWithdrawn")),
            form.documentation().method().reveal(),
            form.documentation().obtainedBy().reveal(),
            form.documentation().place().reveal(),
            form.documentation().told().reveal(),
            form.documentation()
                .obtainedOn()
                .map(Object::toString)
                .orElseGet(() -> screen().text("consent.today")),
            form.documentation().where().map(Confidential::reveal).orElse("?"),
            form.documentation()
                .evidence()
                .map(Confidential::reveal)
                .orElseGet(() -> screen().text("consent.noEvidence")));
  }

  private static String joined(Collection<?> some) {
    return some.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
  }
}
