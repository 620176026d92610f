/**
 * Who is who: teams, workers, practices, mailboxes, postcodes and expertise, as one immutable
 * snapshot ({@link nl.wotpoort.directory.Directory}). Knows no file format and no certificate
 * library: certificates are named by their files. Persons' names are confidential.
 */
@NullMarked
package nl.wotpoort.directory;

import org.jspecify.annotations.NullMarked;
