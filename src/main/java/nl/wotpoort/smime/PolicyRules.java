package nl.wotpoort.smime;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.jspecify.annotations.Nullable;

/**
 * Certificate policies along one path (RFC 5280 §6.1 as RFC 9618 mends it: a policy stands in a
 * level once, so that no chain of mappings makes the work grow). Only the level of the last
 * certificate is kept; each of its nodes knows under which policies of the anchor's domain it came
 * about, and more than that the result does not need.
 */
final class PolicyRules {

  private static final String ANY = "2.5.29.32.0";

  /**
   * A node of the last level.
   *
   * @param expected expected_policy_set: what the next certificate may call it
   * @param origins the policies by which the anchor's side knows it; ANY alone when all do
   */
  private record Node(Set<String> expected, Set<String> origins) {}

  private final Set<String> wanted;
  private Map<String, Node> level = Map.of(ANY, new Node(Set.of(ANY), Set.of(ANY)));
  private int explicitPolicy;
  private int policyMapping;
  private int inhibitAny;

  /** §6.1.2 (a), (d) to (f). */
  PolicyRules(PathRequest request, int length) {
    wanted = request.initialPolicies();
    explicitPolicy = request.explicitPolicy() ? 0 : length + 1;
    policyMapping = request.inhibitPolicyMapping() ? 0 : length + 1;
    inhibitAny = request.inhibitAnyPolicy() ? 0 : length + 1;
  }

  /** §6.1.3 (d) to (f); {@code last} for the end's certificate. */
  void process(X509Certificate certificate, boolean last) throws Fault {
    Set<String> asserted = Extensions.policies(certificate);
    boolean any =
        asserted.contains(ANY)
            && (inhibitAny > 0 || (!last && PathOrder.isSelfIssued(certificate)));
    Map<String, Node> next = new LinkedHashMap<>();
    for (String policy : asserted) {
      Set<String> origins = policy.equals(ANY) ? Set.of() : origins(policy);
      if (!origins.isEmpty()) {
        next.put(policy, new Node(Set.of(policy), origins));
      }
    }
    if (any) {
      level.values().stream()
          .flatMap(n -> n.expected.stream())
          .forEach(p -> next.computeIfAbsent(p, q -> new Node(Set.of(q), expecting(q))));
    }
    level = next;
    requirePolicy(!level.isEmpty());
  }

  private Set<String> origins(String policy) {
    Set<String> origins = expecting(policy);
    return origins.isEmpty() && level.containsKey(ANY) ? Set.of(policy) : origins;
  }

  private Set<String> expecting(String policy) {
    Set<String> origins = new HashSet<>();
    level.values().stream()
        .filter(n -> n.expected.contains(policy))
        .forEach(n -> origins.addAll(n.origins));
    return origins;
  }

  private void requirePolicy(boolean there) throws Fault {
    if (explicitPolicy == 0 && !there) {
      throw untrusted("no policy that is wanted holds for the whole path");
    }
  }

  /** §6.1.4 (a), (b), (h) to (j). */
  void prepareNext(X509Certificate authority) throws Fault {
    map(Extensions.policyMappings(authority));
    if (!PathOrder.isSelfIssued(authority)) {
      explicitPolicy = Math.max(0, explicitPolicy - 1);
      policyMapping = Math.max(0, policyMapping - 1);
      inhibitAny = Math.max(0, inhibitAny - 1);
    }
    PolicyConstraints constraints = Extensions.policyConstraints(authority);
    if (constraints != null) {
      explicitPolicy = lower(explicitPolicy, constraints.getRequireExplicitPolicyMapping());
      policyMapping = lower(policyMapping, constraints.getInhibitPolicyMapping());
    }
    inhibitAny = lower(inhibitAny, Extensions.inhibitAnyPolicy(authority));
  }

  private static int lower(int count, @Nullable BigInteger limit) {
    return limit == null || limit.compareTo(BigInteger.valueOf(count)) >= 0
        ? count
        : Math.max(0, limit.intValue());
  }

  private void map(Map<String, Set<String>> mappings) throws Fault {
    if (mappings.containsKey(ANY) || mappings.values().stream().anyMatch(s -> s.contains(ANY))) {
      throw untrusted("a mapping from or to anyPolicy");
    }
    Map<String, Node> mapped = new HashMap<>(level);
    mappings.forEach(
        (policy, subjects) -> {
          Node node = level.get(policy);
          if (policyMapping == 0) {
            mapped.remove(policy);
          } else if (node != null) {
            mapped.put(policy, new Node(subjects, node.origins));
          } else if (level.containsKey(ANY)) {
            mapped.put(policy, new Node(subjects, Set.of(policy)));
          }
        });
    level = mapped;
  }

  /** §6.1.5 (a), (b), (g). */
  void finish(X509Certificate end) throws Fault {
    explicitPolicy = Math.max(0, explicitPolicy - 1);
    PolicyConstraints constraints = Extensions.policyConstraints(end);
    if (constraints != null
        && BigInteger.ZERO.equals(constraints.getRequireExplicitPolicyMapping())) {
      explicitPolicy = 0;
    }
    boolean all = wanted.isEmpty() || wanted.contains(ANY);
    List<String> origins = level.values().stream().flatMap(n -> n.origins.stream()).toList();
    requirePolicy(origins.stream().anyMatch(o -> all || o.equals(ANY) || wanted.contains(o)));
  }

  private static Fault untrusted(String detail) {
    return new Fault(Finding.SIGNER_UNTRUSTED, "path rules: " + detail);
  }
}
