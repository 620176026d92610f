package nl.wotpoort.rules.consent;

import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Purpose;

/** One category for one purpose: the smallest thing the policy answers. */
record Ask(Purpose purpose, Category category) {}
