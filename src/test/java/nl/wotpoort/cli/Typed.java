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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

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
    int exit = Wotpoort.execute(around(clock, environment, keyboard, out, err), arguments);
    return new Typed(exit, out.toString(), err.toString());
  }

  /** Hundreds of commands: the command line is built once, which takes longer than most of them. */
  static List<Typed> all(List<List<String>> commands) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = new Wotpoort(around(CLOCK, SECRETS, "", out, err)).commandLine();
    List<Typed> all = new ArrayList<>();
    for (List<String> words : commands) {
      int exit = line.execute(words.toArray(String[]::new));
      all.add(new Typed(exit, out.toString(), err.toString()));
      out.getBuffer().setLength(0);
      err.getBuffer().setLength(0);
    }
    return all;
  }

  private static Surroundings around(
      Clock clock,
      Map<String, String> environment,
      String keyboard,
      StringWriter out,
      StringWriter err) {
    return new Surroundings(
        clock,
        name -> Optional.ofNullable(environment.get(name)),
        name -> name.equals("user.name") ? Optional.of("beheer") : Optional.empty(),
        new ByteArrayInputStream(keyboard.getBytes(StandardCharsets.UTF_8)),
        new PrintWriter(out),
        new PrintWriter(err),
        () -> () -> {});
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
