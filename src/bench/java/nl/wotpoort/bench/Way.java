package nl.wotpoort.bench;

import java.util.List;

/** How mail comes to the gateway and how its letters leave. Not for several threads. */
interface Way extends AutoCloseable {

  /** As in the table. */
  String name();

  /** The {@code intake.*} and {@code submission.*} lines of the gateway's settings. */
  List<String> settings();

  /** Further options of the gateway's JVM. */
  List<String> javaOptions();

  /** Where the referrer's mail server delivers, by SMTP. */
  int arrivalPort();

  @Override
  void close();
}
