/** The life of an information request: its states and the ways between them. */
@NullMarked
package nl.wotpoort.rules.request;

import org.jspecify.annotations.NullMarked;
