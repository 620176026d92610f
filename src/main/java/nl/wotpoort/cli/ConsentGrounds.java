package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import nl.wotpoort.desk.GroundStatement;
import nl.wotpoort.desk.GroundUse;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code consent grounds}: what was shared, or waits, on a ground of law in place of consent, for
 * the report the agreements ask: every mandatory field, who and when, and who released it. Looking
 * is journalled: the weighing is about a client.
 */
@Command(name = "grounds")
final class ConsentGrounds extends Action {

  @Option(names = "--by", paramLabel = "NAAM")
  private @Nullable String by;

  @Override
  public Integer call() throws Refusal {
    try (Store store = installation().store()) {
      List<GroundUse> all = GroundUse.in(store);
      store.journal().write(JournalView.looked(this, "GROUNDS_VIEWED", "grounds", by));
      for (GroundUse use : all) {
        if (screen().isJson()) {
          screen().json(json(use));
        } else {
          tell(use);
        }
      }
      if (!screen().isJson()) {
        total(all);
      }
      return Exit.FINE;
    }
  }

  private void tell(GroundUse use) {
    screen().say("grounds.line", use.message(), kind(use), state(use));
    use.stated()
        .ifPresent(
            stated ->
                screen()
                    .below(
                        "grounds.stated",
                        Times.shown(stated.at()),
                        stated.actor().id(),
                        stated.actor().onBehalfOf().orElse("?")));
    use.statement().ifPresent(this::tell);
    use.agreed()
        .ifPresent(
            agreed ->
                screen().below("grounds.agreed", agreed.actor().id(), Times.shown(agreed.at())));
    use.forwarded()
        .ifPresent(
            forward ->
                screen()
                    .below(
                        "grounds.forwarded",
                        Times.shown(forward.at()),
                        recipient(forward),
                        forward.purpose().map(Object::toString).orElse("?"),
                        forward.caseNumber().map(Object::toString).orElse("?")));
  }

  private void tell(GroundStatement ground) {
    screen().below("grounds.by", revealed(ground.by()));
    screen().below("grounds.weighing", revealed(ground.weighing()));
    screen()
        .below(
            "grounds.told." + ground.clientTold().map(told -> told ? "yes" : "no").orElse("unsaid"),
            revealed(ground.whyNotTold()));
    screen()
        .below(
            ground.necessary().isEmpty() ? "grounds.necessary.all" : "grounds.necessary",
            String.join(", ", ground.necessary()));
  }

  private void total(List<GroundUse> all) {
    Map<String, Long> perKind =
        all.stream()
            .collect(Collectors.groupingBy(this::kind, TreeMap::new, Collectors.counting()));
    perKind.forEach((kind, number) -> screen().say("grounds.perKind", kind, number));
    screen()
        .say(
            "grounds.total",
            all.size(),
            all.stream().filter(use -> use.forwarded().isPresent()).count(),
            all.stream().filter(GroundUse::waiting).count());
  }

  private String kind(GroundUse use) {
    return screen().textOr("grounds.kind." + use.kind(), use.kind());
  }

  private String state(GroundUse use) {
    String state = use.waiting() ? "waiting" : use.forwarded().isPresent() ? "shared" : "not";
    return screen().text("grounds.state." + state);
  }

  private static String recipient(JournalEntry forward) {
    return forward.detail().map(Confidential::reveal).orElse("?");
  }

  private static String revealed(Optional<Confidential<String>> text) {
    return text.map(Confidential::reveal).orElse("?");
  }

  private static ObjectNode json(GroundUse use) {
    ObjectNode json = Json.object();
    json.put("message", use.message());
    json.put("ground", use.kind());
    json.put("waiting", use.waiting());
    use.stated()
        .ifPresent(
            stated -> {
              json.put("statedAt", stated.at().toString());
              json.put("statedBy", stated.actor().id());
              Json.put(json, "onBehalfOf", stated.actor().onBehalfOf());
            });
    use.statement()
        .ifPresent(
            ground -> {
              Json.put(json, "decidedBy", ground.by().map(Confidential::reveal));
              Json.put(json, "weighing", ground.weighing().map(Confidential::reveal));
              Json.put(json, "clientTold", ground.clientTold());
              Json.put(json, "whyNotTold", ground.whyNotTold().map(Confidential::reveal));
              json.set("necessary", Json.list(ground.necessary()));
            });
    use.agreed()
        .ifPresent(
            agreed ->
                json.put("releasedBy", agreed.actor().id())
                    .put("releasedAt", agreed.at().toString()));
    use.forwarded()
        .ifPresent(
            forward -> {
              json.put("forwardedAt", forward.at().toString());
              json.put("recipient", recipient(forward));
              Json.put(json, "purpose", forward.purpose());
              Json.put(json, "case", forward.caseNumber());
            });
    return json;
  }
}
