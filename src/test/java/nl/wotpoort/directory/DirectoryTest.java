package nl.wotpoort.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Postcode;
import org.junit.jupiter.api.Test;

final class DirectoryTest {

  private static final TeamId OOST = new TeamId("oost");

  private static Worker worker(String id, String address) {
    return new Worker(
        new WorkerId(id),
        Confidential.of("Iemand"),
        Worker.Function.WORKER,
        "MEE",
        OOST,
        Optional.of(Address.of(address)),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        1,
        Set.of(),
        List.of(),
        Optional.empty());
  }

  private static Delivery delivery(String address) {
    return new Delivery(Address.of(address), Sealing.with(List.of(Path.of("x.pem"))));
  }

  private static Directory directory(List<Worker> workers, List<Mailbox> mailboxes) {
    Team team =
        new Team(
            OOST,
            "Oost",
            new WorkerId("w1"),
            Optional.empty(),
            delivery("oost@intern.wotschiedam.nl"));
    return Directory.of(
        new Entries(
            "v", List.of(team), workers, List.of(), List.of(), mailboxes, PostcodeTable.empty()));
  }

  @Test
  void anAddressWithTwoMailboxesIsRefused() {
    Worker worker = worker("w1", "oost@wotschiedam.nl");
    Mailbox mailbox = new Mailbox.TeamMailbox(Address.of("oost@wotschiedam.nl"), Set.of(), OOST);
    assertThatThrownBy(() -> directory(List.of(worker), List.of(mailbox)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("oost@wotschiedam.nl");
  }

  @Test
  void aTeamWithoutItsCoordinatorIsRefused() {
    assertThatThrownBy(() -> directory(List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSharedDeliveryAddressIsTheGeneralMailboxFirstWhateverTheOrder() {
    Mailbox general =
        new Mailbox.General(
            Address.of("info@wotschiedam.nl"),
            Set.of(),
            Optional.of(delivery("centraal@intern.wotschiedam.nl")));
    Mailbox.Desk.Kind kind = Mailbox.Desk.Kind.COMPLAINTS;
    Mailbox desk =
        new Mailbox.Desk(
            Address.of("a@wotschiedam.nl"),
            Set.of(),
            kind,
            kind.usualParty(),
            Optional.of(delivery("centraal@intern.wotschiedam.nl")));
    List<Worker> workers = List.of(worker("w1", "w1@wotschiedam.nl"));
    for (List<Mailbox> order : List.of(List.of(general, desk), List.of(desk, general))) {
      assertThat(directory(workers, order).party(Address.of("centraal@intern.wotschiedam.nl")))
          .contains(new Party("wot:central"));
    }
  }

  @Test
  void theLongestPostcodeWins() {
    TeamId groenoord = new TeamId("groenoord");
    PostcodeTable table =
        PostcodeTable.of(
            Map.of(
                new Postcode("3118", ""), OOST,
                new Postcode("3118", "JB"), groenoord,
                new Postcode("3119", "AA"), OOST));
    assertThat(table.teamOf(new Postcode("3118", "JB"))).contains(groenoord);
    assertThat(table.teamOf(new Postcode("3118", "JC"))).contains(OOST);
    assertThat(table.match(new Postcode("3118", ""))).isEqualTo(PostcodeTable.Match.SEVERAL);
    assertThat(table.match(new Postcode("3119", ""))).isEqualTo(PostcodeTable.Match.SEVERAL);
    assertThat(table.match(new Postcode("3119", "AB"))).isEqualTo(PostcodeTable.Match.NONE);
    assertThat(table.teamOf(new Postcode("3119", "AA"))).contains(OOST);
  }

  @Test
  void anAbsenceHoldsItsFirstAndLastDay() {
    LocalDate first = LocalDate.of(2026, 12, 21);
    LocalDate last = LocalDate.of(2027, 1, 1);
    Absence absence = new Absence(first, Optional.of(last), Optional.empty());
    assertThat(absence.covers(first.minusDays(1))).isFalse();
    assertThat(absence.covers(first)).isTrue();
    assertThat(absence.covers(last)).isTrue();
    assertThat(absence.covers(last.plusDays(1))).isFalse();
    assertThat(new Absence(first, Optional.empty(), Optional.empty()).covers(last.plusYears(9)))
        .isTrue();
  }

  @Test
  void anIdIsASlug() {
    assertThat(TeamId.isSound("centrum-west")).isTrue();
    for (String wrong : new String[] {"", "-a", "a-", "a b", "a/b", "wot:a", "*", "é"}) {
      assertThat(TeamId.isSound(wrong)).as(wrong).isFalse();
    }
  }
}
