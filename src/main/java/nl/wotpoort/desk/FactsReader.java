package nl.wotpoort.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import nl.wotpoort.directory.Delivery;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.directory.TeamId;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Cover;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.LetterHead;
import nl.wotpoort.letter.Party;
import nl.wotpoort.mime.CoverReader;
import nl.wotpoort.mime.Enclosures;
import nl.wotpoort.mime.Missing;
import nl.wotpoort.mime.Reading;
import nl.wotpoort.rules.judge.Discounted;
import nl.wotpoort.rules.judge.Facts;
import nl.wotpoort.store.CaseFile;
import nl.wotpoort.store.ClientPseudonyms;
import nl.wotpoort.store.ConsentsFound;
import nl.wotpoort.store.Pseudonym;
import nl.wotpoort.store.Store;
import nl.wotpoort.store.StoreException;

/** Reads, once, everything the judge looks at beside the letter. */
final class FactsReader {

  private final Directory directory;
  private final Store store;
  private final RequestsKnown requests;
  private final CoverReader covers = new CoverReader();

  FactsReader(Directory directory, Store store) {
    this.directory = directory;
    this.store = store;
    this.requests = new RequestsKnown(store);
  }

  /** The facts, and how the store knows the client they are about. */
  record Read(Facts facts, Optional<ClientPseudonyms> client) {}

  Read read(Address mailbox, Reading reading, Permission given, Instant now) {
    LetterHead head = reading.head();
    Optional<Cover> cover =
        directory.isFor(mailbox, Mailbox.Desk.Kind.POST)
            ? Optional.of(covers.read(reading))
            : Optional.empty();
    Optional<CaseFile> running =
        running(head, reading.letter())
            .filter(file -> cover.map(names -> isWith(names, file)).orElse(true));
    Optional<ClientPseudonyms> named =
        clientOf(reading.letter())
            .or(() -> cover.map(Cover::client))
            .flatMap(store.pseudonyms()::client);
    Optional<ClientPseudonyms> ofCase = running.flatMap(CaseFile::client);
    Optional<ClientPseudonyms> client = named.or(() -> ofCase);
    Facts.Register register = client.map(this::register).orElseGet(Facts.Register::empty);
    boolean another = named.isPresent() && ofCase.isPresent() && !named.get().mayBe(ofCase.get());
    return new Read(
        new Facts(
            mailbox,
            head.from(),
            directory.party(head.from()),
            client.map(ClientPseudonyms::primary).map(Pseudonym::value),
            another ? register.ofTwo() : register,
            running.flatMap(file -> caseFacts(file, head)),
            client.flatMap(this::contactPerson),
            StoreLoad.of(store),
            discounted(reading, running.isPresent()),
            given.secondPerson(),
            given.senderConfirmed(),
            cover,
            now),
        client);
  }

  /** A file nobody speaks of matters in what may be an answer. */
  private static List<Discounted> discounted(Reading reading, boolean inCase) {
    List<Discounted> all =
        new ArrayList<>(reading.missing().stream().map(FactsReader::discounted).toList());
    boolean mayAnswer =
        reading.letter() instanceof Letter.InformationReply
            || (inCase && reading.letter() instanceof Letter.FreeText);
    if (mayAnswer) {
      Enclosures.unannounced(reading)
          .forEach(
              place ->
                  all.add(new Discounted("attachment." + place, Discounted.Cause.UNANNOUNCED)));
    }
    return all;
  }

  private static Discounted discounted(Missing missing) {
    return new Discounted(
        missing.field(),
        switch (missing.cause()) {
          case EMPTY -> Discounted.Cause.EMPTY;
          case TWICE -> Discounted.Cause.TWICE;
          case UNREADABLE -> Discounted.Cause.UNREADABLE;
          case UNKNOWN_WORD -> Discounted.Cause.UNKNOWN_WORD;
          case NOT_TARGETED -> Discounted.Cause.NOT_TARGETED;
          case DOUBTFUL -> Discounted.Cause.DOUBTFUL;
        });
  }

  private Facts.Register register(ClientPseudonyms client) {
    try {
      ConsentsFound found = store.consents().consentsFor(client);
      return new Facts.Register(
          true, found.oneClient(), found.records(), found.representatives(), found.capable());
    } catch (StoreException.Unavailable away) {
      return Facts.Register.away();
    }
  }

  /** By its number; else by what it replies to. Two that disagree are none: never guess. */
  private Optional<CaseFile> running(LetterHead head, Letter letter) {
    Set<CaseNumber> named = new TreeSet<>((a, b) -> a.value().compareTo(b.value()));
    caseNumber(letter).ifPresent(named::add);
    if (letter instanceof Letter.Unrecognised unread && unread.isAboutTheDecision()) {
      // it has no number of its own; without its case nobody can be asked what was meant
      Stream.of(
              head.subject().stream().map(Confidential::reveal),
              head.to().stream().map(Address::toString),
              head.cc().stream().map(Address::toString))
          .flatMap(words -> words)
          .flatMap(words -> CaseNumber.findIn(words).stream())
          .forEach(named::add);
    }
    if (named.isEmpty()) {
      List<String> repliedTo = new ArrayList<>(head.references());
      head.inReplyTo().ifPresent(repliedTo::add);
      named.addAll(store.cases().byMessageIds(repliedTo));
    }
    return named.size() == 1 ? store.cases().show(named.iterator().next()) : Optional.empty();
  }

  private Optional<Facts.CaseFacts> caseFacts(CaseFile file, LetterHead head) {
    return file.facts()
        .map(text -> CaseText.read(text.reveal()))
        .flatMap(
            text ->
                directory
                    .party(file.sender())
                    .map(
                        opener ->
                            new Facts.CaseFacts(
                                file.number(),
                                text.matter(),
                                opener,
                                file.sender(),
                                new Party(text.handler()),
                                handlerAddress(file).or(text::handlerAt),
                                text.consented(),
                                text.stated(),
                                file.client().map(ClientPseudonyms::primary).map(Pseudonym::value),
                                text.born(),
                                text.guardians(),
                                text.purposes(),
                                text.asked(),
                                requests.of(file.number(), head),
                                requests.unconfirmed(file.number(), head.from()))));
  }

  /**
   * Whether a case is with the practice that a letter is for. A letter to another one is a case of
   * its own, so that each practice reads and answers its own only.
   */
  private static boolean isWith(Cover cover, CaseFile file) {
    Optional<Address> handlerAt =
        file.facts().flatMap(text -> CaseText.read(text.reveal()).handlerAt());
    return cover.addressees().size() == 1
        && (cover.addressees().contains(file.sender())
            || handlerAt.filter(cover.addressees()::contains).isPresent());
  }

  private Optional<Address> handlerAddress(CaseFile file) {
    Optional<Address> worker =
        file.worker()
            .map(WorkerId::new)
            .flatMap(directory::worker)
            .flatMap(w -> w.delivery())
            .map(Delivery::address);
    return worker.or(
        () ->
            file.team().map(TeamId::new).flatMap(directory::team).map(t -> t.delivery().address()));
  }

  /** The worker who has this client's open case; empty when there is none, or more than one. */
  private Optional<WorkerId> contactPerson(ClientPseudonyms client) {
    List<WorkerId> workers =
        store.cases().ofClient(client).stream()
            .filter(file -> file.status().isOpen())
            .flatMap(file -> file.worker().stream())
            .map(WorkerId::new)
            .distinct()
            .toList();
    return workers.size() == 1 ? Optional.of(workers.get(0)) : Optional.empty();
  }

  private static Optional<Client> clientOf(Letter letter) {
    return letter.fold(
        new Fields<Optional<Client>>(Optional.empty()) {
          @Override
          public Optional<Client> referral(Letter.Referral l) {
            return Optional.of(l.client());
          }

          @Override
          public Optional<Client> informationRequest(Letter.InformationRequest l) {
            return Optional.of(l.client());
          }

          @Override
          public Optional<Client> informationReply(Letter.InformationReply l) {
            return Optional.of(l.client());
          }

          @Override
          public Optional<Client> consultation(Letter.Consultation l) {
            return Optional.of(l.client());
          }
        });
  }

  private static Optional<CaseNumber> caseNumber(Letter letter) {
    return letter.fold(
        new Fields<Optional<CaseNumber>>(Optional.empty()) {
          @Override
          public Optional<CaseNumber> referral(Letter.Referral l) {
            return l.caseNumber();
          }

          @Override
          public Optional<CaseNumber> informationRequest(Letter.InformationRequest l) {
            return l.caseNumber();
          }

          @Override
          public Optional<CaseNumber> informationReply(Letter.InformationReply l) {
            return l.caseNumber();
          }

          @Override
          public Optional<CaseNumber> feedback(Letter.Feedback l) {
            return l.caseNumber();
          }

          @Override
          public Optional<CaseNumber> consultation(Letter.Consultation l) {
            return l.caseNumber();
          }

          @Override
          public Optional<CaseNumber> confirmation(Letter.Confirmation l) {
            return l.caseNumber();
          }

          @Override
          public Optional<CaseNumber> freeText(Letter.FreeText l) {
            return l.caseNumber();
          }
        });
  }

  /** A field that some kinds of letter have and the others do not; these four have all. */
  private abstract static class Fields<R> implements Letter.Cases<R> {
    private final R none;

    Fields(R none) {
      this.none = none;
    }

    @Override
    public R feedback(Letter.Feedback l) {
      return none;
    }

    @Override
    public R confirmation(Letter.Confirmation l) {
      return none;
    }

    @Override
    public R freeText(Letter.FreeText l) {
      return none;
    }

    @Override
    public R automaticNotice(Letter.AutomaticNotice l) {
      return none;
    }

    @Override
    public R unrecognised(Letter.Unrecognised l) {
      return none;
    }
  }
}
