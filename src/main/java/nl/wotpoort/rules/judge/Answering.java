package nl.wotpoort.rules.judge;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Party;
import nl.wotpoort.rules.request.RequestState;

/**
 * Which request of a case a letter answers, and what in it goes beyond the questions asked.
 *
 * @param asked the request; empty when there is none
 * @param ambiguous more than one could be meant: never guessed
 */
public record Answering(Optional<Facts.AskedBefore> asked, boolean ambiguous) {

  /** The name of a file nobody spoke of, among what did not count. */
  static final String ATTACHMENT = "attachment";

  /**
   * The one it replies to; else the only one that still waits for an answer of this sender's side;
   * else the only one there was. Pure.
   */
  public static Answering of(Facts facts) {
    List<Facts.AskedBefore> mine =
        facts.running().stream()
            .flatMap(running -> running.requests().stream())
            .filter(request -> request.state().isOut())
            .filter(request -> facts.sender().filter(s -> isSide(request.holder(), s)).isPresent())
            .toList();
    List<Facts.AskedBefore> replied = mine.stream().filter(Facts.AskedBefore::repliedTo).toList();
    List<Facts.AskedBefore> waiting =
        mine.stream()
            .filter(
                request ->
                    request.state() == RequestState.FORWARDED
                        || request.state() == RequestState.PERMITTED)
            .toList();
    List<Facts.AskedBefore> meant =
        !replied.isEmpty() ? replied : !waiting.isEmpty() ? waiting : mine;
    return new Answering(
        meant.size() == 1 ? Optional.of(meant.get(0)) : Optional.empty(), meant.size() > 1);
  }

  /** The one asked, somebody of the same team or practice, or the team or practice itself. */
  private static boolean isSide(Party holder, Party sender) {
    int slash = holder.path().indexOf('/');
    Party group = slash < 0 ? holder : new Party(holder.path().substring(0, slash));
    return group.covers(sender);
  }

  /** What an answer tells: each reply's own category, or else what its question asks. */
  static List<Category> told(
      Facts.AskedBefore request, List<Letter.InformationReply.Reply> replies) {
    Set<Category> told = new LinkedHashSet<>();
    for (Letter.InformationReply.Reply reply : replies) {
      told.addAll(
          reply
              .category()
              .map(List::of)
              .orElse(request.questions().getOrDefault(reply.number(), List.of())));
    }
    if (told.isEmpty()) {
      request.questions().values().forEach(told::addAll);
    }
    return List.copyOf(told);
  }

  /** Something in an answer that was not asked for: a code of the bundle, and what it is about. */
  record Excess(String code, List<Object> arguments) {
    Excess(String code, Object... arguments) {
      this(code, List.of(arguments));
    }
  }

  /** All that goes beyond what was asked, in the order it stands there. */
  static List<Excess> excess(
      Facts.AskedBefore request, List<Letter.InformationReply.Reply> replies, Facts facts) {
    List<Excess> excess = new ArrayList<>();
    List<Category> asked = request.questions().values().stream().flatMap(List::stream).toList();
    for (Letter.InformationReply.Reply reply : replies) {
      if (!request.questions().containsKey(reply.number())) {
        excess.add(new Excess("EXCEEDS_QUESTION", reply.number()));
      }
      reply
          .category()
          .filter(told -> asked.stream().noneMatch(one -> one.covers(told)))
          .ifPresent(
              told -> excess.add(new Excess("EXCEEDS_CATEGORY", reply.number(), told.code())));
    }
    facts.discounted().stream()
        .filter(one -> one.kind().equals(ATTACHMENT))
        .forEach(
            one ->
                excess.add(
                    new Excess(
                        "EXCEEDS_ATTACHMENT", one.field().substring(ATTACHMENT.length() + 1))));
    return excess;
  }
}
