package nl.wotpoort.directory;

import java.util.List;

/**
 * What a {@link Directory} is made of. The order of the lists means nothing. {@code mailboxes}
 * holds no worker mailboxes: those are made from {@code workers}.
 *
 * @param version names the files this was read from, for the journal
 */
public record Entries(
    String version,
    List<Team> teams,
    List<Worker> workers,
    List<Expertise> expertise,
    List<Partner> partners,
    List<Mailbox> mailboxes,
    PostcodeTable postcodes) {

  public Entries {
    teams = List.copyOf(teams);
    workers = List.copyOf(workers);
    expertise = List.copyOf(expertise);
    partners = List.copyOf(partners);
    mailboxes = List.copyOf(mailboxes);
  }
}
