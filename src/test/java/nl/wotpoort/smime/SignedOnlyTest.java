package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.HeaderField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Received lines as Postfix, Exim and Dovecot write them, and what a stranger can do with them. */
class SignedOnlyTest {

  private static final Address TEAM = Address.of("oost@intern.wotschiedam.nl");
  private static final SignedOnly RULE = new SignedOnly(Set.of(TEAM), "Mail.Intern.Example");
  private static final String SUBMITTED =
      "from pc (pc.intern.example [192.0.2.7])\r\n\t(using TLSv1.3 with cipher X (256/256 bits))\r\n"
          + "\tby mail.intern.example (Postfix) with ESMTPSA id 4X; Mon, 15 Jun 2026 09:30:00 +0200";
  private static final String FROM_OUTSIDE =
      "from elders.example (elders.example [203.0.113.9]) by mail.intern.example (Postfix) with"
          + " ESMTPS id 4Y; Mon, 15 Jun 2026 09:31:00 +0200";
  private static final String TO_THE_MAILBOX =
      "from mail.intern.example by imap.intern.example with LMTP id 4Z; Mon, 15 Jun 2026 09:32:00";

  private static boolean allows(Address signer, String... received) {
    return RULE.allows(
        signer, Stream.of(received).map(line -> new HeaderField("Received", line)).toList());
  }

  @Test
  void submittedOverTlsAfterALogin() {
    assertThat(allows(TEAM, SUBMITTED)).isTrue();
    assertThat(allows(TEAM, TO_THE_MAILBOX, SUBMITTED)).isTrue();
  }

  @Test
  void theServersFirstLineCountsAndNoneBelowIt() {
    assertThat(allows(TEAM, FROM_OUTSIDE, SUBMITTED)).isFalse();
    assertThat(allows(TEAM, TO_THE_MAILBOX, FROM_OUTSIDE, SUBMITTED)).isFalse();
  }

  @Test
  void nobodyElse() {
    assertThat(allows(Address.of("a.devries@praktijk-delinde.example"), SUBMITTED)).isFalse();
    assertThat(SignedOnly.nobody().allows(TEAM, List.of(new HeaderField("Received", SUBMITTED))))
        .isFalse();
    assertThat(allows(TEAM)).isFalse();
    assertThat(RULE.allows(TEAM, List.of(new HeaderField("X-Received", SUBMITTED)))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from pc by mail.intern.example with ESMTPS id 1; x",
        "from pc by mail.intern.example with ESMTPA id 1; x",
        "from pc by mail.intern.example with ESMTP id 1; x",
        "from pc (by mail.intern.example with ESMTPSA) by elders.example with ESMTP id 1; x",
        "from pc by mail.intern.example.elders.example with ESMTPSA id 1; x",
        "from pc (with ESMTPSA) by mail.intern.example id 1; x",
        ""
      })
  void otherRoads(String received) {
    assertThat(allows(TEAM, received)).isFalse();
  }
}
