package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which of several results is told, and the keys along a path. */
class PathResultTest {

  private static PathResult valid() {
    return new PathResult(Optional.empty(), "", List.of(), Instant.MIN, Instant.MAX);
  }

  /** Valid ones first; "no path" says the least, whatever else was found says how far it came. */
  @Test
  void theOneThatCameFurthest() {
    PathResult untrusted = PathResult.refused(Finding.SIGNER_UNTRUSTED, "");
    PathResult expired = PathResult.refused(Finding.SIGNER_EXPIRED, "");
    PathResult revoked = PathResult.refused(Finding.SIGNER_REVOKED, "");
    PathResult weak = PathResult.refused(Finding.WEAK_ALGORITHM, "");
    List<PathResult> order = List.of(valid(), revoked, expired, weak, untrusted);
    List<PathResult> all = new ArrayList<>(order);
    for (int i = 0; i < all.size(); i++) {
      Collections.rotate(all, 1);
      assertThat(all.stream().sorted(PathResult.FURTHEST_FIRST)).isEqualTo(order);
    }
    Collections.reverse(all);
    assertThat(all.stream().sorted(PathResult.FURTHEST_FIRST)).isEqualTo(order);
    assertThat(valid().isValid()).isTrue();
    assertThat(weak.isValid()).isFalse();
  }

  /** NIST's 4.1.5: the keys below the first authority of DSA say no parameters. */
  @Test
  void parametersOfTheKeyAbove() {
    Pkits pkits = Pkits.load();
    X509Certificate own = pkits.certificate("DSACACert");
    X509Certificate below = pkits.certificate("DSAParametersInheritedCACert");
    X509Certificate end = pkits.certificate("ValidDSAParameterInheritanceTest5EE");
    assertThat(((DSAPublicKey) below.getPublicKey()).getParams()).isNull();
    InheritedKeys keys = InheritedKeys.along(List.of(end, below, own), pkits.anchor);
    DSAPublicKey whole = (DSAPublicKey) keys.of(below);
    DSAPublicKey above = (DSAPublicKey) own.getPublicKey();
    assertThat(whole.getY()).isEqualTo(((DSAPublicKey) below.getPublicKey()).getY());
    assertThat(whole.getParams().getP()).isEqualTo(above.getParams().getP());
    assertThat(whole.getParams().getQ()).isEqualTo(above.getParams().getQ());
    assertThat(whole.getParams().getG()).isEqualTo(above.getParams().getG());
    assertThat(keys.of(own)).isEqualTo(own.getPublicKey());
    // and so on down the path
    assertThat(((DSAPublicKey) keys.of(end)).getParams().getP())
        .isEqualTo(above.getParams().getP());
    // a key that says its own keeps them
    assertThat(InheritedKeys.along(List.of(own), own).of(own)).isSameAs(own.getPublicKey());
    // from the anchor, when that is the one above
    InheritedKeys shorter = InheritedKeys.along(List.of(end, below), own);
    assertThat(((DSAPublicKey) shorter.of(below)).getParams()).isNotNull();
    // and from nobody, when the key above is of another kind: two of them in a row as well
    InheritedKeys none = InheritedKeys.along(List.of(end, below), pkits.anchor);
    assertThat(none.of(below)).isSameAs(below.getPublicKey());
  }
}
