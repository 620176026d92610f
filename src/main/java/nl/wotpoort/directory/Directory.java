package nl.wotpoort.directory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Postcode;

/**
 * Everybody and every mailbox the gateway knows, as it was at one moment. Immutable and
 * thread-safe; a change makes a new one, so no message sees half a change. Every reference in it
 * holds: each team has its coordinator, no address belongs to two.
 */
public final class Directory {

  /** An order of its own, so that the order of entries in a file means nothing. */
  private static final Comparator<Mailbox> GENERAL_FIRST =
      Comparator.<Mailbox, Boolean>comparing(m -> !(m instanceof Mailbox.General))
          .thenComparing(m -> m.address().toString());

  private final Entries entries;
  private final Map<TeamId, Team> teams;
  private final Map<WorkerId, Worker> workers;
  private final Map<String, Expertise> expertise;
  private final Map<String, List<Taker>> takers;
  private final List<Worker> supporters;
  private final Map<Address, Mailbox> mailboxes = new HashMap<>();
  private final Map<Address, Party> parties = new HashMap<>();
  private final Map<Address, Partner> partners = new HashMap<>();
  private final Map<String, Partner> partnersByDomain = new HashMap<>();
  private final Map<Address, Sealing> sealings = new HashMap<>();
  private final Set<Address> awaited = new HashSet<>();

  private Directory(Entries entries) {
    this.entries = entries;
    this.teams = indexed(entries.teams(), Team::id);
    this.workers = indexed(entries.workers(), Worker::id);
    this.expertise = indexed(entries.expertise(), Expertise::code);
    this.takers = takers(workers.values());
    this.supporters =
        workers.values().stream()
            .filter(w -> w.function() == Worker.Function.CLIENT_SUPPORTER)
            .toList();
    workers.values().forEach(this::add);
    teams.values().forEach(this::add);
    entries.mailboxes().stream().sorted(GENERAL_FIRST).forEach(this::add);
    entries.partners().forEach(this::add);
    entries.postcodes().teams().forEach(this::requireTeam);
    requireOneDeskPerKind();
    indexed(entries.partners(), Partner::id)
        .values()
        .forEach(p -> indexed(p.professionals(), Professional::id));
  }

  /**
   * Throws IllegalArgumentException when a reference leads nowhere or something is there twice;
   * {@code settings} has told the administrator before it comes to that.
   */
  public static Directory of(Entries entries) {
    return new Directory(entries);
  }

  /**
   * The same people and mailboxes; the deliveries to these addresses are awaited, all others are
   * confirmed.
   */
  public Directory awaiting(Set<Address> addresses) {
    return Directory.of(Awaiting.of(entries, addresses));
  }

  /** Every delivery inside the organisation, of teams, workers and mailboxes. */
  public Stream<Delivery> deliveries() {
    return Stream.of(
            entries.teams().stream().map(Team::delivery),
            entries.workers().stream().map(Worker::delivery).flatMap(Optional::stream),
            entries.mailboxes().stream().map(Mailbox::delivery).flatMap(Optional::stream))
        .flatMap(each -> each);
  }

  /** Whether this is a delivery address that was not confirmed yet. */
  public boolean isAwaited(Address address) {
    return awaited.contains(address);
  }

  /** Names the files this was read from. */
  public String version() {
    return entries.version();
  }

  public Entries entries() {
    return entries;
  }

  /** In order of their ids. */
  public Collection<Team> teams() {
    return teams.values();
  }

  public Optional<Team> team(TeamId id) {
    return Optional.ofNullable(teams.get(id));
  }

  /** The team a sender wrote down, by id or by name, without regard to case. */
  public Optional<Team> teamNamed(String text) {
    String wanted = text.strip();
    return teams.values().stream()
        .filter(t -> t.id().value().equalsIgnoreCase(wanted) || t.name().equalsIgnoreCase(wanted))
        .findFirst();
  }

  /** In order of their ids. */
  public Collection<Worker> workers() {
    return workers.values();
  }

  public Optional<Worker> worker(WorkerId id) {
    return Optional.ofNullable(workers.get(id));
  }

  /** Those with this expertise who take cases, in order of their ids. */
  public List<Taker> takersWith(String expertiseCode) {
    return takers.getOrDefault(expertiseCode, List.of());
  }

  public Stream<Worker> clientSupporters() {
    return supporters.stream();
  }

  /** The expertise a sender wrote down, by code or by name, without regard to case. */
  public Optional<Expertise> expertiseNamed(String text) {
    String wanted = text.strip();
    return expertise.values().stream()
        .filter(e -> e.code().equalsIgnoreCase(wanted) || e.name().equalsIgnoreCase(wanted))
        .findFirst();
  }

  /** In order of their codes. */
  public Collection<Expertise> expertise() {
    return expertise.values();
  }

  /** The mailbox at this address or alias; empty when the gateway does not serve it. */
  public Optional<Mailbox> mailbox(Address address) {
    return Optional.ofNullable(mailboxes.get(address));
  }

  /** Every mailbox once, workers' included, in order of their addresses. */
  public List<Mailbox> mailboxes() {
    return mailboxes.entrySet().stream()
        .filter(e -> e.getKey().equals(e.getValue().address()))
        .sorted(Map.Entry.comparingByKey(Comparator.comparing(Address::toString)))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Whether an address is that of a desk of this kind. */
  public boolean isFor(Address address, Mailbox.Desk.Kind kind) {
    return mailbox(address)
        .filter(m -> m instanceof Mailbox.Desk desk && desk.kind() == kind)
        .isPresent();
  }

  /** The desk of this kind, when there is one. */
  public Optional<Mailbox.Desk> desk(Mailbox.Desk.Kind kind) {
    return desks().filter(d -> d.kind() == kind).findFirst();
  }

  /**
   * The practice behind an address: the one that names it, else the one whose organisation
   * certificate speaks for its domain.
   */
  public Optional<Partner> partnerOf(Address address) {
    Partner named = partners.get(address);
    return Optional.ofNullable(named != null ? named : partnersByDomain.get(address.domain()));
  }

  /** The person at a practice who has this address. */
  public Optional<Professional> professional(Address address) {
    return Optional.ofNullable(partners.get(address)).stream()
        .flatMap(p -> p.professionals().stream())
        .filter(p -> p.addresses().contains(address))
        .findFirst();
  }

  public Collection<Partner> partners() {
    return entries.partners();
  }

  /**
   * Who an address is, in the vocabulary of the consent policy, for mailbox, delivery and partner
   * addresses alike; empty for a stranger.
   */
  public Optional<Party> party(Address address) {
    Party known = parties.get(address);
    return known != null
        ? Optional.of(known)
        : Optional.ofNullable(partnersByDomain.get(address.domain())).map(Partner::party);
  }

  /** How mail to this delivery or partner address is sealed; empty when it is not known here. */
  public Optional<Sealing> sealingFor(Address address) {
    return Optional.ofNullable(sealings.get(address));
  }

  /** The home team of a postcode; empty when none or several could be meant. */
  public Optional<Team> teamOf(Postcode postcode) {
    return entries.postcodes().teamOf(postcode).flatMap(this::team);
  }

  public PostcodeTable postcodes() {
    return entries.postcodes();
  }

  private void add(Worker worker) {
    requireTeam(worker.team());
    worker.expertise().forEach(code -> require(expertise.containsKey(code), "expertise", code));
    worker.absences().forEach(a -> a.substitute().ifPresent(this::requireWorker));
    worker
        .address()
        .ifPresent(
            a -> {
              claim(a, new Mailbox.WorkerMailbox(a, Set.of(), worker.id()));
              parties.put(a, worker.party());
            });
    worker.delivery().ifPresent(d -> deliver(d, worker.party()));
  }

  private void add(Team team) {
    requireWorker(team.coordinator());
    team.deputy().ifPresent(this::requireWorker);
    deliver(team.delivery(), team.party());
  }

  private void add(Mailbox mailbox) {
    Optional<Party> party =
        mailbox.fold(
            new Mailbox.Cases<>() {
              @Override
              public Optional<Party> team(Mailbox.TeamMailbox m) {
                requireTeam(m.team());
                return team(m.team());
              }

              private Optional<Party> team(TeamId id) {
                return Optional.ofNullable(teams.get(id)).map(Team::party);
              }

              @Override
              public Optional<Party> general(Mailbox.General m) {
                m.delivery().ifPresent(d -> deliver(d, Mailbox.General.PARTY));
                return Optional.of(Mailbox.General.PARTY);
              }

              @Override
              public Optional<Party> worker(Mailbox.WorkerMailbox m) {
                requireWorker(m.worker());
                return Optional.ofNullable(workers.get(m.worker())).map(Worker::party);
              }

              @Override
              public Optional<Party> desk(Mailbox.Desk m) {
                m.delivery().ifPresent(d -> deliver(d, m.party()));
                return Optional.of(m.party());
              }

              @Override
              public Optional<Party> closed(Mailbox.Closed m) {
                return Optional.empty();
              }
            });
    Stream.concat(Stream.of(mailbox.address()), mailbox.aliases().stream())
        .forEach(
            a -> {
              claim(a, mailbox);
              party.ifPresent(p -> parties.put(a, p));
            });
  }

  private void add(Partner partner) {
    partner.addresses().forEach(a -> partner(a, partner, partner.party(), partner.sealing()));
    for (Professional professional : partner.professionals()) {
      for (Address address : professional.addresses()) {
        partner(address, partner, partner.party(professional), partner.sealingFor(professional));
      }
    }
    partner
        .organisationDomains()
        .forEach(d -> require(partnersByDomain.put(d, partner) == null, "organisation domain", d));
  }

  private void partner(Address address, Partner partner, Party party, Sealing sealing) {
    require(!mailboxes.containsKey(address), "address", address);
    require(partners.put(address, partner) == null, "address", address);
    parties.put(address, party);
    sealings.put(address, sealing);
  }

  /** Several may share a delivery address; the first to say so names its party. */
  private void deliver(Delivery delivery, Party party) {
    parties.putIfAbsent(delivery.address(), party);
    sealings.putIfAbsent(delivery.address(), delivery.sealing());
    if (!delivery.isConfirmed()) {
      awaited.add(delivery.address());
    }
  }

  private void claim(Address address, Mailbox mailbox) {
    require(mailboxes.put(address, mailbox) == null, "address", address);
  }

  private void requireTeam(TeamId id) {
    require(teams.containsKey(id), "team", id);
  }

  private void requireWorker(WorkerId id) {
    require(workers.containsKey(id), "worker", id);
  }

  private void requireOneDeskPerKind() {
    desks()
        .collect(Collectors.groupingBy(Mailbox.Desk::kind, Collectors.counting()))
        .forEach((kind, count) -> require(count == 1, "desk", kind));
  }

  private Stream<Mailbox.Desk> desks() {
    return entries.mailboxes().stream()
        .filter(Mailbox.Desk.class::isInstance)
        .map(Mailbox.Desk.class::cast);
  }

  private static void require(boolean holds, String what, Object which) {
    if (!holds) {
      throw new IllegalArgumentException(
          what + " unknown or there twice: " + Objects.toString(which).toLowerCase(Locale.ROOT));
    }
  }

  private static <K extends Comparable<K>, V> Map<K, V> indexed(
      List<V> values, Function<V, K> key) {
    Map<K, V> index = new TreeMap<>();
    values.forEach(v -> require(index.put(key.apply(v), v) == null, "id", key.apply(v)));
    return Collections.unmodifiableMap(index);
  }

  private static Map<String, List<Taker>> takers(Collection<Worker> workers) {
    Map<String, List<Taker>> takers = new HashMap<>();
    for (Worker worker : workers) {
      if (worker.function().takesCases()) {
        Taker taker = Taker.of(worker);
        worker
            .expertise()
            .forEach(code -> takers.computeIfAbsent(code, c -> new ArrayList<>()).add(taker));
      }
    }
    takers.replaceAll((code, list) -> List.copyOf(list));
    return takers;
  }
}
