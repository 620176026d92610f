package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.MessageRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail whose signer is not verified: held, silent, and from outside all the same. */
class UnverifiedTest {

  private static final Address STRANGER = Address.of("onbekend@elders.example");

  @TempDir Path folder;

  /** One mail for each thing that can be wrong, all in the GP's name. */
  private static Map<String, Bytes> mails(House house) {
    Bytes good = house.fromGp("<1@gp.example>", House.REFERRAL);
    Map<String, Bytes> mails = new TreeMap<>();
    mails.put("plain", plain(House.GP.toString(), ""));
    mails.put("tampered", tampered(good));
    mails.put("truncated", good.slice(0, good.length() / 2));
    mails.put(
        "expired",
        house.sealed(
            House.GP,
            "gp/b.smit.p12",
            House.OOST,
            "gateway/oost.pem",
            "<3@gp.example>",
            House.REFERRAL));
    mails.put(
        "for another mailbox",
        house.sealed(
            House.GP,
            "gp/a.devries.p12",
            House.OOST,
            "gateway/zuid.pem",
            "<4@gp.example>",
            House.REFERRAL));
    return mails;
  }

  private static Bytes plain(String from, String more) {
    return Bytes.of(
        "From: "
            + from
            + "\r\nTo: oost@wotschiedam.nl\r\nSubject: hulp\r\n"
            + more
            + "\r\nHelp mevrouw Kanarie\r\n",
        StandardCharsets.UTF_8);
  }

  private static Bytes tampered(Bytes good) {
    byte[] bytes = good.toArray();
    int at = bytes.length * 3 / 4;
    while (!Character.isLetter(bytes[at])) {
      at++;
    }
    bytes[at] = (byte) (bytes[at] == 'A' ? 'B' : 'A');
    return Bytes.wrap(bytes);
  }

  @Test
  void allOfThemAreHeldAndNothingGoesOut() {
    try (House house = House.in(folder)) {
      for (Map.Entry<String, Bytes> mail : mails(house).entrySet()) {
        MessageRef ref = house.receive(House.OOST, mail.getValue());
        house.work();
        assertThat(house.store.holds().show(ref))
            .as(mail.getKey())
            .hasValueSatisfying(held -> assertThat(held.cause()).isEqualTo(HoldCause.NOT_VERIFIED));
      }
      assertThat(house.post.tried).isEmpty();
      assertThat(house.store.cases().newest(10)).isEmpty();
    }
  }

  @Test
  void anyBytesAtAllAreHeldAndNeverThrow() {
    try (House house = House.in(folder)) {
      for (String bytes :
          List.of(
              "",
              "\0",
              "\r\n",
              "From",
              "From: ",
              "Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\n\0\0",
              "x".repeat(100_000))) {
        MessageRef ref = house.receive(House.OOST, Bytes.of(bytes, StandardCharsets.UTF_8));
        assertThat(house.desk().work()).isEqualTo(1);
        assertThat(house.store.holds().show(ref)).isPresent();
      }
      assertThat(house.store.outbox().unsent(10)).isEmpty();
    }
  }

  /** With the notice switched on: one a day, in the same words whatever was wrong. */
  @Test
  void theNoticeIsTheSameForEveryFindingAndComesOnceADay() {
    try (House house = House.in(folder, House::withNotices)) {
      String first = "";
      for (Map.Entry<String, Bytes> mail : mails(house).entrySet()) {
        house.receive(House.OOST, mail.getValue());
        house.receive(House.OOST, mail.getValue());
        house.work();
        assertThat(house.post.taken).as(mail.getKey()).hasSize(1);
        Post.Parcel notice = house.post.taken.remove(0);
        assertThat(notice.to()).isEqualTo(House.GP);
        assertThat(notice.sender()).isEmpty();
        String text =
            notice
                .letter()
                .decode(StandardCharsets.UTF_8)
                .replaceAll("(?m)^(Date|Message-ID):.*\r\n", "");
        assertThat(text).doesNotContain("Kanarie", "WP-", "hulp\r\n");
        first = first.isEmpty() ? text : first;
        assertThat(text).isEqualTo(first);
        house.clock.move(Duration.ofDays(1));
      }
    }
  }

  @Test
  void aStrangerAMadeUpAddressAndAProgramGetNoNotice() {
    try (House house = House.in(folder, House::withNotices)) {
      house.receive(House.OOST, plain(STRANGER.toString(), ""));
      house.receive(House.OOST, plain("mailer-daemon@praktijk-delinde.example", ""));
      house.receive(House.OOST, plain(House.GP.toString(), "Auto-Submitted: auto-replied\r\n"));
      house.receive(House.OOST, plain(House.GP.toString(), "Return-Path: <>\r\n"));
      house.receive(
          House.OOST,
          plain(
              House.GP.toString(),
              "Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n"));
      assertThat(house.desk().work()).isEqualTo(5);
      assertThat(house.store.outbox().unsent(10)).isEmpty();
    }
  }

  /** In quoted-printable, so a phrase of it that fits on a line. */
  @Test
  void aPracticesOwnAddressIsToldToo() {
    Address practice = Address.of("praktijk@praktijk-delinde.example");
    try (House house = House.in(folder, House::withNotices)) {
      house.receive(House.OOST, plain(practice.toString(), ""));
      house.work();
      assertThat(house.post.taken).extracting(Post.Parcel::to).containsExactly(practice);
      assertThat(house.post.taken.get(0).letter().decode(StandardCharsets.UTF_8))
          .contains(
              "Subject: Een bericht kon niet worden gecontroleerd",
              "From: WijkOndersteuningsTeams Schiedam <poort@wotschiedam.nl>",
              "Auto-Submitted: auto-replied",
              "ontvangen met uw adres als afzender");
    }
  }

  @Test
  void lookingAgainTheNextDayMakesNoSecondNotice() {
    try (House house = House.in(folder, House::withNotices)) {
      MessageRef ref = house.receive(House.OOST, plain(House.GP.toString(), ""));
      house.work();
      house.clock.move(Duration.ofDays(1));
      house.store.holds().release(ref, Actor.administrator("test"), house.clock.instant());
      house.work();
      assertThat(house.store.holds().show(ref)).isPresent();
      assertThat(house.post.taken).hasSize(1);
    }
  }
}
