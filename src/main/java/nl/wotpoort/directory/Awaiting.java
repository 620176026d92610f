package nl.wotpoort.directory;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import nl.wotpoort.letter.Address;

/** Puts the standing of delivery addresses into what a directory is made of. */
final class Awaiting {

  private Awaiting() {}

  static Entries of(Entries e, Set<Address> awaited) {
    UnaryOperator<Delivery> mark =
        delivery ->
            delivery.standing(
                awaited.contains(delivery.address())
                    ? Delivery.Standing.AWAITED
                    : Delivery.Standing.CONFIRMED);
    List<Team> teams =
        e.teams().stream()
            .map(
                t ->
                    new Team(
                        t.id(), t.name(), t.coordinator(), t.deputy(), mark.apply(t.delivery())))
            .toList();
    List<Worker> workers =
        e.workers().stream().map(w -> w.deliveredAt(w.delivery().map(mark))).toList();
    List<Mailbox> mailboxes = e.mailboxes().stream().map(m -> marked(m, mark)).toList();
    return new Entries(
        e.version(), teams, workers, e.expertise(), e.partners(), mailboxes, e.postcodes());
  }

  private static Mailbox marked(Mailbox mailbox, UnaryOperator<Delivery> mark) {
    Optional<Delivery> delivery = mailbox.delivery().map(mark);
    return mailbox.fold(
        new Mailbox.Cases<>() {
          @Override
          public Mailbox team(Mailbox.TeamMailbox m) {
            return m;
          }

          @Override
          public Mailbox general(Mailbox.General m) {
            return new Mailbox.General(m.address(), m.aliases(), delivery);
          }

          @Override
          public Mailbox worker(Mailbox.WorkerMailbox m) {
            return m;
          }

          @Override
          public Mailbox desk(Mailbox.Desk m) {
            return new Mailbox.Desk(m.address(), m.aliases(), m.kind(), m.party(), delivery);
          }

          @Override
          public Mailbox closed(Mailbox.Closed m) {
            return m;
          }
        });
  }
}
