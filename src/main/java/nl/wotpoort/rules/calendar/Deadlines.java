package nl.wotpoort.rules.calendar;

import java.time.Instant;
import java.time.LocalDate;

/**
 * When a referrer must have heard, and who is reminded when he has not. In working days after the
 * day the referral counts for; a reminder goes out when the office opens on its day. Immutable;
 * pure.
 *
 * @param firstContact the day, until closing time, by which the referrer knows the contact person
 * @param remindWorker who has the case
 * @param remindCoordinator of the team that has it
 * @param tellReferrer that it is late
 */
public record Deadlines(
    int firstContact, int remindWorker, int remindCoordinator, int tellReferrer) {

  /** The agreement's norm for the first contact, in working days. */
  public static final int NORM = 5;

  /** What is sent about a case that has no answer yet, in this order, each once. */
  public enum Step {
    WORKER,
    COORDINATOR,
    REFERRER
  }

  public Deadlines {
    boolean ordered =
        0 < remindWorker
            && remindWorker <= remindCoordinator
            && remindCoordinator <= tellReferrer
            && 0 < firstContact
            && firstContact < tellReferrer;
    if (!ordered) {
      throw new IllegalArgumentException(
          "first the worker, then the coordinator, and the referrer when it is late");
    }
  }

  /** The norm, with a reminder the day before and on the day. */
  public static Deadlines usual() {
    return within(NORM);
  }

  /** The same around another norm. */
  public static Deadlines within(int workingDays) {
    return new Deadlines(workingDays, Math.max(1, workingDays - 1), workingDays, workingDays + 1);
  }

  /** The last day on which an answer to what came in at {@code from} is in time. */
  public LocalDate answerBy(Instant from, WorkingTime hours) {
    return hours.workingDay(from, firstContact);
  }

  /** When {@code step} is due for what came in at {@code from}. */
  public Instant due(Step step, Instant from, WorkingTime hours) {
    int days =
        switch (step) {
          case WORKER -> remindWorker;
          case COORDINATOR -> remindCoordinator;
          case REFERRER -> tellReferrer;
        };
    return hours.opening(hours.workingDay(from, days));
  }
}
