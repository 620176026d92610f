package nl.wotpoort.store;

import java.time.Instant;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Confidential;

/** A case and what routing looked at when it found its desk. */
public record RoutedCase(
    CaseNumber number, Instant at, String routes, Confidential<String> facts) {}
