/**
 * The benchmark: what a message costs, the core by itself and the whole road over loopback, beside
 * what openssl needs for the same arithmetic. Uses the product through its public doors only.
 */
@NullMarked
package nl.wotpoort.bench;

import org.jspecify.annotations.NullMarked;
