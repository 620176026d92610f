package nl.wotpoort.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.LetterHead;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.rules.judge.Facts;
import nl.wotpoort.store.HeldMessage;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.store.RequestFile;
import nl.wotpoort.store.Store;

/** Reads the requests of a case, and the answers in it that wait for their sender. */
final class RequestsKnown {

  private final Store store;

  RequestsKnown(Store store) {
    this.store = store;
  }

  /** Those that were judged, as the judge of an answer needs them. */
  List<Facts.AskedBefore> of(CaseNumber number, LetterHead head) {
    List<RequestFile> files = store.requests().ofCase(number);
    if (files.isEmpty()) {
      return List.of();
    }
    List<String> repliedTo = new ArrayList<>(head.inReplyTo().stream().toList());
    Set<MessageRef> replied = store.requests().byMessageIds(repliedTo);
    return files.stream().flatMap(file -> asked(file, replied)).toList();
  }

  private static Stream<Facts.AskedBefore> asked(RequestFile file, Set<MessageRef> replied) {
    return file.facts().stream()
        .map(text -> RequestText.read(text.reveal()))
        .filter(text -> text.holder().isPresent())
        .map(
            text ->
                new Facts.AskedBefore(
                    file.message().toString(),
                    file.state(),
                    text.asker(),
                    text.holder().orElse(text.asker()),
                    text.purposes(),
                    text.questions(),
                    replied.contains(file.message())));
  }

  /** The answers of this sender in the case that are held until he confirms them. */
  List<String> unconfirmed(CaseNumber number, Address sender) {
    return store.holds().inCase(number).stream()
        .filter(RequestsKnown::awaitsItsSender)
        .map(HeldMessage::ref)
        .filter(ref -> toldIn(ref, number, sender))
        .map(MessageRef::toString)
        .toList();
  }

  private static boolean awaitsItsSender(HeldMessage held) {
    return held.detail().startsWith(Decision.Hold.Cause.CONFIRM_ANSWER + "/");
  }

  private boolean toldIn(MessageRef ref, CaseNumber number, Address sender) {
    return store.outbox().of(ref).stream()
        .filter(file -> file.kind() != OutgoingLetter.Kind.FORWARD)
        .anyMatch(
            file ->
                file.recipient().equals(sender) && file.caseNumber().equals(Optional.of(number)));
  }
}
