package nl.wotpoort.demo;

import java.nio.file.Path;

/**
 * How the demo is run.
 *
 * @param once end after the last outcome instead of staying up
 * @param smtpPort of the embedded mail server; 0 is any free one
 * @param imapPort of the embedded mail server; 0 is any free one
 * @param rehearsal the gateway listens for a mail server as well, where nobody calls: for
 *     bin/wotpoort-archive, which keeps what is loaded
 * @param installation the folder of the distribution, with routes/ and certs-sample/
 */
public record DemoOptions(
    boolean once, int smtpPort, int imapPort, boolean rehearsal, Path installation) {}
