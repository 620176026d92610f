package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.desk.DeliveryCodes;
import nl.wotpoort.letter.Address;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.DeliveryBook;
import nl.wotpoort.store.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wotpoort directory}: keeping the directory, and its new delivery addresses. */
@Command(
    name = "directory",
    subcommands = {
      DirectoryImport.class,
      DirectoryCommand.Addresses.class,
      DirectoryCommand.Confirm.class,
      DirectoryCommand.Code.class
    })
final class DirectoryCommand {

  /** {@code directory addresses}: exit 1 when any is awaited. */
  @Command(name = "addresses")
  static final class Addresses extends Action {

    @Override
    public Integer call() throws Refusal {
      try (Store store = installation().store()) {
        List<DeliveryBook.Awaited> awaited = store.deliveries().awaited();
        if (screen().isJson()) {
          awaited.forEach(one -> screen().json(json(one)));
        } else if (awaited.isEmpty()) {
          screen().say("directory.allConfirmed");
        } else {
          awaited.forEach(
              one ->
                  screen()
                      .say(
                          one.sentAt().isPresent() ? "directory.awaited" : "directory.notSent",
                          one.address(),
                          Times.shown(one.sentAt().orElse(one.since()))));
        }
        return awaited.isEmpty() ? Exit.FINE : Exit.NO;
      }
    }

    private static ObjectNode json(DeliveryBook.Awaited one) {
      ObjectNode json = Json.object();
      json.put("address", one.address().toString());
      json.put("since", one.since().toString());
      Json.put(json, "sentAt", one.sentAt());
      return json;
    }
  }

  /** {@code directory confirm}. */
  @Command(name = "confirm")
  static final class Confirm extends Action {

    @Parameters(index = "0", paramLabel = "CODE", descriptionKey = "deliveryCode")
    private String code = "";

    @Option(names = "--by", paramLabel = "NAAM", descriptionKey = "by")
    private @Nullable String by;

    @Override
    public Integer call() throws Refusal {
      Actor who = Actors.of(by, surroundings());
      try (Store store = installation().store()) {
        Optional<Address> address =
            store
                .deliveries()
                .confirm(DeliveryCodes.levelled(code), who, surroundings().clock().instant());
        if (address.isEmpty()) {
          throw new Refusal(Exit.NO, screen().text("directory.noSuchCode"));
        }
        screen().say("directory.confirmed", address.get());
        return Exit.FINE;
      }
    }
  }

  /** {@code directory code}: another one. */
  @Command(name = "code")
  static final class Code extends Action {

    @Parameters(index = "0", paramLabel = "ADRES", descriptionKey = "deliveryAddress")
    private @Nullable Address address;

    @Option(names = "--by", paramLabel = "NAAM", descriptionKey = "by")
    private @Nullable String by;

    @Override
    public Integer call() throws Refusal {
      Address to = Optional.ofNullable(address).orElseThrow();
      Actor who = Actors.of(by, surroundings());
      try (Store store = installation().store()) {
        if (!store.deliveries().sendAgain(to, who, surroundings().clock().instant())) {
          throw new Refusal(Exit.NO, screen().text("directory.notAwaited", to));
        }
        screen().say("directory.codeComes", to);
        return Exit.FINE;
      }
    }
  }
}
