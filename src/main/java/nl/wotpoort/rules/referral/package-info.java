/** The life of a referral, from its arrival to its end: one table. Pure. */
@NullMarked
package nl.wotpoort.rules.referral;

import org.jspecify.annotations.NullMarked;
