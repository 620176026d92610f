package nl.wotpoort.letter;

import java.util.Optional;

/**
 * One targeted question of an information request (agreement S2). {@code number} is the one the
 * sender gave it, from 1.
 */
public record Question(int number, Confidential<String> text, Optional<Category> category) {}
