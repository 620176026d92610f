/**
 * Reads verified bytes into a letter and writes letters into bytes; the only room that knows MIME
 * and JSON. Reading is total: whatever the bytes, an answer comes back and nothing is thrown.
 * Trusts nothing in the content: not its nesting, its sizes, its character sets or its claims.
 */
@NullMarked
package nl.wotpoort.mime;

import org.jspecify.annotations.NullMarked;
