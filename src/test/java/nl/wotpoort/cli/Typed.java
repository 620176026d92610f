package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What came of typing a command. */
public record Typed(int exit, String out, String err) {

  static final Instant NOW = Instant.parse("2026-06-15T10:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  /** The secrets the test home's settings name. */
  static final Map<String, String> SECRETS =
      Map.of(
          "WOTPOORT_STORE_KEY", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
          "WOTPOORT_KEY_PASSWORD", "wotpoort-sample",
          "WOTPOORT_IMAP_PASSWORD", "test");

  static Typed command(String... arguments) {
    return with("", arguments);
  }

  /** With lines typed on the keyboard. */
  static Typed with(String keyboard, String... arguments) {
    return in(CLOCK, SECRETS, keyboard, arguments);
  }

  /** At that time, with these secrets in the environment. */
  public static Typed in(
      Clock clock, Map<String, String> environment, String keyboard, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Surroundings surroundings =
        new Surroundings(
            clock,
            name -> Optional.ofNullable(environment.get(name)),
            name -> name.equals("user.name") ? Optional.of("beheer") : Optional.empty(),
            new ByteArrayInputStream(keyboard.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out),
            new PrintWriter(err),
            () -> () -> {});
    int exit = Wotpoort.execute(surroundings, arguments);
    return new Typed(exit, out.toString(), err.toString());
  }

  /** Every line of the output as JSON. */
  public List<JsonNode> json() {
    return out.lines().map(Typed::parsed).toList();
  }

  private static JsonNode parsed(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  /** What came out, and what came beside it. */
  public String all() {
    return out + err;
  }
}
