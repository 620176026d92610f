/**
 * The consent policy, rule by rule, over random worlds, and against a second reading of its text.
 */
package nl.wotpoort.rules.consent;
