package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lists and answers of openssl whose time is over: they clear nobody, but whom they name was
 * revoked. {@link StaleScopesTest} has the rows openssl does not make.
 */
class StaleListsTest {

  private static final String VALID = "valid";
  private static final String UNKNOWN = "revocation-unknown";
  private static final String REVOKED = "signer-revoked";

  @TempDir private static Path work;

  private static OpensslCa ca;
  private static X509Certificate leaf;
  private static Instant now;
  private static Instant later;

  @BeforeAll
  static void issue() throws IOException {
    ca = OpensslCa.in(work.resolve("ca"), "Zorg");
    leaf = ca.leaf("leaf", "a@b.example", "authorityInfoAccess=OCSP;URI:http://ocsp.example/");
    now = Instant.now();
    later = now.plus(Duration.ofDays(8)); // openssl's list above is for seven
  }

  /** The same at every address. */
  private record Shelf(List<X509CRL> lists, List<byte[]> answers) implements RevocationSource {

    @Override
    public long version() {
      return 1;
    }

    @Override
    public List<X509CRL> crls(List<String> addresses) {
      return lists;
    }

    @Override
    public List<byte[]> ocsp(List<String> addresses, byte[] request) {
      return answers;
    }
  }

  /** As a group that lets the unknown through hears it: what a fetcher kept is all there is. */
  private static String accepting(Shelf shelf) throws IOException {
    RevocationLookup lookup =
        new RevocationLookup(
            shelf, List.of("http://list/"), List.of(), RevocationLookup.Named.FOLLOWED);
    PartnerGroup group =
        PartnerGroup.of("g", List.of(ca.certificate()), List.of(), List.of())
            .with(PartnerGroup.WhenUnknown.ACCEPT);
    Trust trust =
        Trust.of(
            List.of(group), AlgorithmPolicy.defaults(), Limits.defaults(), Map.of("g", lookup));
    Trust.Answer answer = trust.judge(leaf, List.of(), later).get(0);
    return answer.remarks().isEmpty()
        ? verdict(answer.path())
        : verdict(answer.path()) + " unknown";
  }

  private static PathResult strict(Shelf shelf) throws IOException {
    RevocationLookup lookup =
        new RevocationLookup(shelf, List.of(), List.of(), RevocationLookup.Named.FOLLOWED);
    return new PathValidator()
        .validate(
            PathRequest.of(List.of(leaf), List.of(ca.certificate()), shelf.lists(), later)
                .withLookup(lookup));
  }

  private static String verdict(PathResult result) {
    return result.finding().map(Finding::code).orElse(VALID);
  }

  private static Shelf lists(X509CRL... lists) {
    return new Shelf(List.of(lists), List.of());
  }

  private static Shelf answers(byte[]... answers) {
    return new Shelf(List.of(), List.of(answers));
  }

  private static X509CRL naming(String reason) throws IOException {
    ca.revoke(leaf, reason);
    X509CRL list = ca.list();
    ca.forget(leaf);
    return list;
  }

  @Test
  void aListThatIsOverAndNamesTheSigner() throws IOException {
    ca.revoke(leaf);
    X509CRL withoutReason = ca.list();
    ca.forget(leaf);
    for (X509CRL list : List.of(withoutReason, naming("keyCompromise"), naming("superseded"))) {
      assertThat(verdict(strict(lists(list)))).isEqualTo(REVOKED);
      assertThat(accepting(lists(list))).isEqualTo(REVOKED);
    }
  }

  @Test
  void aListThatIsOverAndNamesHimNot() throws IOException {
    assertThat(strict(lists(ca.list())).detail()).isEqualTo("no current CRL covers it");
    assertThat(accepting(lists(ca.list()))).isEqualTo(VALID + " unknown");
  }

  /** RFC 5280 §5.3.1: only a hold ends. Whether it did is not known, and not to be passed over. */
  @Test
  void aHoldInAListThatIsOver() throws IOException {
    Shelf shelf = lists(naming("certificateHold"));
    assertThat(strict(shelf).finding()).contains(Finding.REVOCATION_UNKNOWN);
    assertThat(strict(shelf).detail()).isEqualTo("it was on hold when it was last heard of");
    assertThat(accepting(shelf)).isEqualTo(UNKNOWN);
  }

  @Test
  void aCurrentListHasTheLastWord() throws IOException {
    X509CRL held = naming("certificateHold");
    X509CRL since = ca.list(now.plus(Duration.ofDays(5)), later.plus(Duration.ofDays(1)));
    assertThat(verdict(strict(lists(held, since)))).isEqualTo(VALID);
    assertThat(accepting(lists(since, held))).isEqualTo(VALID);
    ca.revoke(leaf, "keyCompromise");
    X509CRL revoked = ca.list(now.plus(Duration.ofDays(6)), now.plus(Duration.ofDays(7)));
    ca.forget(leaf);
    assertThat(verdict(strict(lists(since, revoked)))).isEqualTo(REVOKED);
    assertThat(accepting(lists(held, since, revoked))).isEqualTo(REVOKED);
  }

  @Test
  void aStrangersListThatIsOver() throws IOException {
    OpensslCa strangers = OpensslCa.in(work.resolve("strangers"), "Zorg");
    strangers.revoke(leaf, "keyCompromise");
    assertThat(verdict(strict(lists(strangers.list())))).isEqualTo(UNKNOWN);
    assertThat(accepting(lists(strangers.list()))).isEqualTo(VALID + " unknown");
  }

  private static byte[] answer(String reason) throws IOException {
    ca.revoke(leaf, reason);
    byte[] answer = ca.answer(Ocsp.question(leaf, ca.certificate()), "ca", "-ndays", "1");
    ca.forget(leaf);
    return answer;
  }

  @Test
  void anAnswerThatIsOver() throws IOException {
    X509Certificate other = ca.leaf("other", "c@d.example");
    byte[] revoked = answer("keyCompromise");
    assertThat(verdict(strict(answers(revoked)))).isEqualTo(REVOKED);
    assertThat(accepting(answers(revoked))).isEqualTo(REVOKED);
    byte[] held = answer("certificateHold");
    assertThat(strict(answers(held)).detail())
        .isEqualTo("it was on hold when it was last heard of");
    assertThat(accepting(answers(held))).isEqualTo(UNKNOWN);
    ca.revoke(other, "keyCompromise");
    byte[] aboutAnother = ca.answer(Ocsp.question(other, ca.certificate()), "ca");
    ca.forget(other);
    assertThat(verdict(strict(answers(aboutAnother)))).isEqualTo(UNKNOWN);
    assertThat(accepting(answers(aboutAnother))).isEqualTo(VALID + " unknown");
    OpensslCa strangers = OpensslCa.in(work.resolve("others"), "Zorg");
    strangers.revoke(leaf, "keyCompromise");
    byte[] forged = strangers.answer(Ocsp.question(leaf, strangers.certificate()), "ca");
    assertThat(accepting(answers(forged))).isEqualTo(VALID + " unknown");
  }
}
