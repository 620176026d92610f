package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Address;
import org.junit.jupiter.api.Test;

/** What a group answers, what is kept of it, and what goes with it where nobody knows. */
class TrustAnswersTest {

  private static final Instant NOW = TestCa.NOW;
  private static final Address SENDER = Address.of("a@b.example");
  private static final TestCa ROOT = TestCa.root("Root");
  private static final X509Certificate LEAF = ROOT.leaf("a");
  private static final X509CRL LIST = ROOT.crl(1).sign();

  /** A list, or none, and how often it was asked for. */
  private static final class Shelf implements RevocationSource {
    private final List<X509CRL> lists = new ArrayList<>();
    private long version = 1;
    private int asked;

    @Override
    public long version() {
      return version;
    }

    @Override
    public List<X509CRL> crls(List<String> addresses) {
      asked++;
      return List.copyOf(lists);
    }

    @Override
    public List<byte[]> ocsp(List<String> addresses, byte[] request) {
      return List.of();
    }
  }

  private static PartnerGroup group(String name, X509CRL... lists) {
    return PartnerGroup.of(name, List.of(ROOT.certificate), List.of(), List.of(lists));
  }

  private static Trust trust(Shelf shelf, PartnerGroup... groups) {
    RevocationLookup lookup =
        new RevocationLookup(
            shelf, List.of("http://list/"), List.of(), RevocationLookup.Named.IGNORED);
    return Trust.of(
        List.of(groups), AlgorithmPolicy.defaults(), Limits.defaults(), Map.of("g", lookup));
  }

  private static String first(Trust trust, X509Certificate leaf, Instant at) {
    Trust.Answer answer = trust.judge(leaf, List.of(), at).get(0);
    String verdict = answer.path().finding().map(Finding::code).orElse("valid");
    return answer.group().name() + " " + verdict + " " + answer.remarks();
  }

  /** Kept until something came in, or the path is over. */
  @Test
  void anAnswerIsKept() {
    Shelf shelf = new Shelf();
    shelf.lists.add(LIST);
    Trust trust = trust(shelf, group("g"));
    assertThat(trust.known(LEAF, SENDER, NOW)).isEmpty();
    assertThat(first(trust, LEAF, NOW)).isEqualTo("g valid []");
    int once = shelf.asked;
    assertThat(once).isPositive();
    assertThat(first(trust, LEAF, NOW)).isEqualTo("g valid []");
    assertThat(shelf.asked).isEqualTo(once);
    Optional<Trust.Answer> known = trust.known(LEAF, SENDER, NOW);
    assertThat(known.map(a -> a.path().isValid())).contains(true);
    assertThat(known.map(a -> a.group().name())).contains("g");
    assertThat(trust.known(ROOT.leaf("b"), SENDER, NOW)).isEmpty();

    // TestCa's lists are of a day ago, for a day to come; both moments are theirs
    Duration day = Duration.ofDays(1);
    assertThat(trust.known(LEAF, SENDER, NOW.minus(day))).isPresent();
    assertThat(trust.known(LEAF, SENDER, NOW.plus(day))).isPresent();
    assertThat(trust.known(LEAF, SENDER, NOW.minus(day).minusMillis(1))).isEmpty();
    assertThat(trust.known(LEAF, SENDER, NOW.plus(day).plusMillis(1))).isEmpty();

    shelf.version++;
    assertThat(trust.known(LEAF, SENDER, NOW)).isEmpty();
    assertThat(first(trust, LEAF, NOW)).isEqualTo("g valid []");
    assertThat(shelf.asked).isGreaterThan(once);
  }

  /** Known is what the first group that may vouch for the sender said, not another's word. */
  @Test
  void keptForTheGroupThatVouches() {
    PartnerGroup elsewhere = group("elsewhere", LIST).vouchingFor(Set.of("c.example"));
    PartnerGroup here = group("here", LIST).vouchingFor(Set.of("b.example"));
    Trust trust = SamplePki.trust(elsewhere, here);
    trust.judge(LEAF, List.of(), NOW);
    assertThat(trust.known(LEAF, SENDER, NOW).map(a -> a.group().name())).contains("here");
    assertThat(trust.known(LEAF, Address.of("a@d.example"), NOW)).isEmpty();
  }

  @Test
  void aRefusalIsAskedAgain() {
    Shelf shelf = new Shelf();
    Trust trust = trust(shelf, group("g"));
    assertThat(first(trust, LEAF, NOW)).isEqualTo("g revocation-unknown []");
    assertThat(trust.known(LEAF, SENDER, NOW)).isEmpty();
    shelf.lists.add(LIST);
    assertThat(first(trust, LEAF, NOW)).isEqualTo("g valid []");
  }

  /** Accepted as unknown, with a remark, and asked again each time: the answer may come in. */
  @Test
  void unknownIsAcceptedWhereTheGroupSaysSo() {
    Shelf shelf = new Shelf();
    PartnerGroup accepting = group("g").with(PartnerGroup.WhenUnknown.ACCEPT);
    Trust trust = trust(shelf, accepting);
    assertThat(first(trust, LEAF, NOW)).isEqualTo("g valid [REVOCATION_UNKNOWN]");
    assertThat(trust.known(LEAF, SENDER, NOW)).isEmpty();
    Instant over = NOW.plus(Duration.ofDays(400));
    assertThat(first(trust, LEAF, over)).isEqualTo("g signer-expired []");
    shelf.lists.add(LIST);
    assertThat(first(trust, LEAF, NOW)).isEqualTo("g valid []");
    shelf.lists.set(0, ROOT.crl(2).revoking(LEAF, 1).sign());
    shelf.version++;
    assertThat(first(trust, LEAF, NOW)).isEqualTo("g signer-revoked []");

    // nobody to ask: kept, with the same remark
    Trust alone = SamplePki.trust(accepting);
    assertThat(first(alone, LEAF, NOW)).isEqualTo("g valid [REVOCATION_UNKNOWN]");
    assertThat(alone.known(LEAF, SENDER, NOW).map(Trust.Answer::remarks))
        .contains(List.of(Finding.REVOCATION_UNKNOWN));
    assertThat(first(alone, LEAF, over)).isEqualTo("g signer-expired []");
    // a list of its own that is over is no reason to accept
    X509CRL old = ROOT.crl(3).until(NOW.minusSeconds(1)).sign();
    PartnerGroup lapsed = group("g", old).with(PartnerGroup.WhenUnknown.ACCEPT);
    assertThat(first(SamplePki.trust(lapsed), LEAF, NOW)).isEqualTo("g revocation-unknown []");
    assertThat(first(trust(new Shelf(), lapsed), LEAF, NOW)).isEqualTo("g revocation-unknown []");
  }

  @Test
  void theBestAnswerIsTheFirst() {
    PartnerGroup unlisted = group("unlisted");
    PartnerGroup stranger = SamplePki.gps();
    PartnerGroup good = group("good", LIST);
    Trust trust = SamplePki.trust(stranger, unlisted, good);
    assertThat(trust.judge(LEAF, List.of(), NOW).stream().map(a -> a.group().name()))
        .containsExactly("good", "unlisted", "huisartsen");
    assertThat(trust.path(LEAF, List.of(), NOW)).get().matches(PathResult::isValid);
    assertThat(SamplePki.trust().path(LEAF, List.of(), NOW)).isEmpty();
  }

  @Test
  void whatItConsistsOf() {
    Shelf shelf = new Shelf();
    Trust trust = trust(shelf, SamplePki.gps(), group("g"));
    assertThat(trust.groups()).containsExactly(SamplePki.gps(), group("g"));
    assertThat(trust.known()).containsExactly(SamplePki.certificate("ca/zorg-issuing"));
    assertThat(trust.revocationSource()).isSameAs(shelf);
    assertThat(SamplePki.trust().revocationSource()).isSameAs(RevocationSource.NONE);
    assertThat(trust.isSample()).isTrue();
    assertThat(SamplePki.trust(group("g")).isSample()).isFalse();
  }
}
