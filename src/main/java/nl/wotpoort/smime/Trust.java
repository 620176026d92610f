package nl.wotpoort.smime;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import nl.wotpoort.letter.Address;

/**
 * Who is trusted: the partner groups. Immutable but for a cache of paths already validated, which
 * lives and dies with this object: new anchors or CRLs mean a new object. Thread-safe.
 */
public final class Trust {

  private static final int CACHED_PATHS = 10_000;

  private final List<PartnerGroup> groups;
  private final List<X509Certificate> known;
  private final AlgorithmPolicy policy;
  private final Limits limits;
  private final Map<String, RevocationLookup> lookups;
  private final Map<String, Kept> valid = new ConcurrentHashMap<>();

  private Trust(
      List<PartnerGroup> groups,
      AlgorithmPolicy policy,
      Limits limits,
      Map<String, RevocationLookup> lookups) {
    this.groups = List.copyOf(groups);
    this.policy = policy;
    this.limits = limits;
    this.lookups = Map.copyOf(lookups);
    this.known = groups.stream().flatMap(g -> g.intermediates().stream()).distinct().toList();
  }

  /** Revocation from the groups' own CRLs alone. */
  public static Trust of(List<PartnerGroup> groups, AlgorithmPolicy policy, Limits limits) {
    return new Trust(groups, policy, limits, Map.of());
  }

  /** {@code lookups}: by name of a group, where else its revocation is looked up. */
  public static Trust of(
      List<PartnerGroup> groups,
      AlgorithmPolicy policy,
      Limits limits,
      Map<String, RevocationLookup> lookups) {
    return new Trust(groups, policy, limits, lookups);
  }

  public List<PartnerGroup> groups() {
    return groups;
  }

  RevocationSource revocationSource() {
    return lookups.values().stream()
        .findFirst()
        .map(RevocationLookup::source)
        .orElse(RevocationSource.NONE);
  }

  public boolean isSample() {
    return groups.stream().anyMatch(PartnerGroup::isSample);
  }

  /** Certificates to look in for a signer who sent none along. */
  List<X509Certificate> known() {
    return known;
  }

  /** {@code version}: of the revocation at the moment when its validation began. */
  private record Kept(PathResult path, long version) {}

  /** One group's answer. */
  record Answer(PartnerGroup group, PathResult path, List<Finding> remarks) {}

  /** The path in the first group that vouches for {@code sender}, if it is one validated before. */
  Optional<Answer> known(X509Certificate leaf, Address sender, Instant at) {
    return groups.stream()
        .filter(group -> group.vouchesFor(sender))
        .findFirst()
        .flatMap(group -> kept(group, leaf, at));
  }

  /**
   * The answers of all groups, valid ones first, then those that came furthest. Empty only without
   * groups.
   */
  List<Answer> judge(X509Certificate leaf, List<X509Certificate> along, Instant at) {
    List<Answer> answers = new ArrayList<>();
    for (PartnerGroup group : groups) {
      answers.add(judge(group, leaf, along, at));
    }
    answers.sort(Comparator.comparing(Answer::path, PathResult.FURTHEST_FIRST));
    return answers;
  }

  private Answer judge(
      PartnerGroup group, X509Certificate leaf, List<X509Certificate> along, Instant at) {
    long version = version();
    Optional<Answer> kept = kept(group, leaf, at);
    if (kept.isPresent()) {
      return kept.get();
    }
    PathResult result = validate(group, leaf, along, at, firstAsked(group));
    boolean unknown = result.finding().equals(Optional.of(Finding.REVOCATION_UNKNOWN));
    if (unknown && acceptsUnknown(group)) {
      // of one certificate nothing is known: another of the path may still be known to be revoked;
      // not kept: the answer may come in while we speak
      PathResult without = validate(group, leaf, along, at, PathRequest.Revocation.IF_KNOWN);
      return new Answer(
          group, without, without.isValid() ? List.of(Finding.REVOCATION_UNKNOWN) : List.of());
    }
    if (result.isValid()) {
      if (valid.size() >= CACHED_PATHS) {
        valid.clear();
      }
      valid.put(key(group, leaf), new Kept(result, version));
    }
    return new Answer(group, result, result.isValid() ? remarks(group) : List.of());
  }

  private Optional<Answer> kept(PartnerGroup group, X509Certificate leaf, Instant at) {
    return Optional.ofNullable(valid.get(key(group, leaf)))
        .filter(kept -> kept.version() == version())
        .map(Kept::path)
        .filter(path -> !at.isBefore(path.validFrom()) && !at.isAfter(path.validUntil()))
        .map(path -> new Answer(group, path, remarks(group)));
  }

  private static String key(PartnerGroup group, X509Certificate leaf) {
    return Certificates.sha256(leaf) + " " + group.name();
  }

  /** A list that came in may revoke what was valid a moment ago: that has another version. */
  private long version() {
    return lookups.values().stream().mapToLong(l -> l.source().version()).sum();
  }

  private PathResult validate(
      PartnerGroup group,
      X509Certificate leaf,
      List<X509Certificate> along,
      Instant at,
      PathRequest.Revocation revocation) {
    List<X509Certificate> pool = new ArrayList<>(group.intermediates());
    pool.addAll(along);
    PathRequest request =
        PathRequest.of(List.of(leaf), group.anchors(), group.crls(), at)
            .withOthers(pool)
            .withRevocation(revocation)
            .withLookup(lookup(group))
            .withAlgorithms(policy);
    return new PathSearch(pool, limits).best(leaf, request);
  }

  private RevocationLookup lookup(PartnerGroup group) {
    return lookups.getOrDefault(group.name(), RevocationLookup.NONE);
  }

  private static boolean acceptsUnknown(PartnerGroup group) {
    return group.crls().isEmpty() && group.whenUnknown() == PartnerGroup.WhenUnknown.ACCEPT;
  }

  /** Where there is nothing to look in, nobody looks. */
  private PathRequest.Revocation firstAsked(PartnerGroup group) {
    return skipsRevocation(group) ? PathRequest.Revocation.OFF : PathRequest.Revocation.REQUIRED;
  }

  private boolean skipsRevocation(PartnerGroup group) {
    return acceptsUnknown(group) && !lookup(group).asksAnybody();
  }

  private List<Finding> remarks(PartnerGroup group) {
    return skipsRevocation(group) ? List.of(Finding.REVOCATION_UNKNOWN) : List.of();
  }

  /** For {@code wotpoort cert} and {@code check}: the best answer on one certificate. */
  public Optional<PathResult> path(X509Certificate leaf, List<X509Certificate> along, Instant at) {
    return judge(leaf, along, at).stream().findFirst().map(Answer::path);
  }
}
