/**
 * The sentences people read, in plain Dutch (B1) and in English, found by key. A leaf: it holds
 * words, not decisions. Each room keeps its sentences in a bundle file of its own, {@code
 * nl/wotpoort/texts/<room>.properties} and {@code <room>_en.properties}.
 */
@NullMarked
package nl.wotpoort.texts;

import org.jspecify.annotations.NullMarked;
