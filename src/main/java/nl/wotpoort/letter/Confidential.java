package nl.wotpoort.letter;

import java.util.Objects;
import java.util.function.Function;

/**
 * Something about a person, in a wrapping that cannot print itself: {@link #toString} shows
 * nothing, so a log line or an exception message that mentions one is harmless by construction.
 * Immutable when {@code T} is; thread-safe likewise.
 */
public final class Confidential<T> {

  private final T value;

  private Confidential(T value) {
    this.value = Objects.requireNonNull(value);
  }

  public static <T> Confidential<T> of(T value) {
    return new Confidential<>(value);
  }

  /**
   * The value itself. Calling this is the moment to ask where it goes next: never to a log, a
   * subject or a column.
   */
  public T reveal() {
    return value;
  }

  public <R> Confidential<R> map(Function<? super T, ? extends R> change) {
    return new Confidential<>(change.apply(value));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Confidential<?> that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "•••";
  }
}
