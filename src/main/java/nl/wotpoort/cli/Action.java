package nl.wotpoort.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that does something; returns an exit code. */
abstract class Action implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  /** The program this command belongs to. */
  final Wotpoort program() {
    CommandSpec own = Objects.requireNonNull(spec, "run by picocli");
    return (Wotpoort) own.root().userObject();
  }

  final Screen screen() {
    return program().screen();
  }

  final Installation installation() {
    return program().installation();
  }

  final Surroundings surroundings() {
    return program().surroundings();
  }

  /** What stands behind {@code key} in the bundle, as the reason to stop. */
  final Refusal wrong(String key, Object... arguments) {
    return new Refusal(Exit.USAGE, screen().text(key, arguments));
  }

  @Override
  public abstract Integer call() throws Refusal;
}
