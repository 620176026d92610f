package nl.wotpoort.desk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;

/** A courier for tests: keeps what it was given and answers as it was told to. For one thread. */
final class Post implements Courier {

  /** One try at delivering. */
  record Parcel(Optional<Address> sender, Address to, Bytes letter) {

    String header(String name) {
      return House.header(letter, name);
    }
  }

  final List<Parcel> tried = new ArrayList<>();
  final List<Parcel> taken = new ArrayList<>();
  private final Deque<Supplier<Delivery>> answers = new ArrayDeque<>();
  final Set<Address> refused = new HashSet<>();
  private final Set<Address> away = new HashSet<>();

  /** What the next tries are answered with; after these everything is taken. */
  void next(Supplier<Delivery> answer) {
    answers.add(answer);
  }

  void refuse(Address address) {
    refused.add(address);
  }

  void away(Address address) {
    away.add(address);
  }

  void back(Address address) {
    away.remove(address);
  }

  @Override
  public Delivery deliver(Optional<Address> sender, Address recipient, Bytes letter) {
    Parcel parcel = new Parcel(sender, recipient, letter);
    tried.add(parcel);
    Delivery delivery = answers.isEmpty() ? byAddress(recipient) : answers.remove().get();
    if (delivery instanceof Delivery.Accepted) {
      taken.add(parcel);
    }
    return delivery;
  }

  private Delivery byAddress(Address recipient) {
    if (refused.contains(recipient)) {
      return new Delivery.Refused(550, "5.1.1 no such mailbox");
    }
    return away.contains(recipient)
        ? new Delivery.Deferred(451, "4.3.0 later")
        : new Delivery.Accepted("2.0.0 queued");
  }

  List<Parcel> takenFor(Address address) {
    return taken.stream().filter(parcel -> parcel.to().equals(address)).toList();
  }
}
