package nl.wotpoort.bench;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * The letter all peers are given, and mails of it made by openssl as a GP's mail program would: a
 * good one, and one for each thing that should be refused. In a folder of its own; not for several
 * threads.
 */
final class PeerMails {

  /** A mail that should be refused, and the word for it in the table. */
  enum Bad {
    BIT("signature"),
    CONTENT("content"),
    STRANGER("stranger"),
    EXPIRED("expired"),
    REVOKED("revoked");

    private final String word;

    Bad(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    String file() {
      return word + ".eml";
    }
  }

  static final String CBC = "-aes-256-cbc";
  static final String GCM = "-aes-256-gcm";

  private static final Path CERTIFICATES = BenchHome.PROJECT.resolve("certs-sample");
  private static final String MARK = "filename=\"smime.p7s\"";

  private final Path folder;
  private final byte[] attachment;
  private final String text;

  PeerMails(Path folder, int bytes) throws IOException {
    this.folder = folder;
    text =
        String.join(
            "\r\n",
            "Client: Jansen-bench",
            "Voorletters: J.",
            "Hulpvraag: Kan het team meekijken met de administratie en de dagbesteding?",
            "Factoren: eenzaamheid, schulden",
            "");
    attachment = new byte[(bytes - 450 - text.length()) * 57 / 78];
    new Random(1).nextBytes(attachment);
    Files.writeString(folder.resolve("text"), text);
    Files.write(folder.resolve("attachment"), attachment);
    Files.writeString(folder.resolve("letter"), letter());
  }

  Path folder() {
    return folder;
  }

  String text() {
    return text;
  }

  byte[] attachment() {
    return attachment.clone();
  }

  private String letter() {
    return String.join(
        "\r\n",
        "MIME-Version: 1.0",
        "Content-Type: multipart/mixed; boundary=\"=_bench\"",
        "",
        "--=_bench",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 7bit",
        "",
        text,
        "--=_bench",
        "Content-Type: application/octet-stream",
        "Content-Disposition: attachment; filename=uitslag.bin",
        "Content-Transfer-Encoding: base64",
        "",
        Base64.getMimeEncoder().encodeToString(attachment),
        "--=_bench--",
        "");
  }

  /** Writes {@code mail.eml}, and those to be refused. */
  void make(String cipher) throws IOException {
    String good = signed("gp/a.devries");
    seal(good, Peer.GP, cipher, "mail.eml");
    seal(flipped(good), Peer.GP, cipher, Bad.BIT.file());
    seal(good.replace("eenzaamheid", "Eenzaamheid"), Peer.GP, cipher, Bad.CONTENT.file());
    seal(signed("gp/onbekend"), Peer.GP, cipher, Bad.STRANGER.file());
    for (Bad bad : List.of(Bad.EXPIRED, Bad.REVOKED)) {
      String gp = bad == Bad.EXPIRED ? "verlopen" : "ingetrokken";
      seal(signed("gp/" + gp), gp + "@praktijk-delinde.example", cipher, bad.file());
    }
  }

  private String signed(String signer) throws IOException {
    openssl(
        "cms -sign -binary -crlfeol -md sha256 -in letter -out signed",
        List.of("-signer", certificate(signer), "-inkey", key(signer)),
        List.of("-certfile", certificate("ca/zorg-issuing")));
    return crlf(Files.readString(folder.resolve("signed"), StandardCharsets.ISO_8859_1));
  }

  private void seal(String signed, String from, String cipher, String file) throws IOException {
    Files.writeString(folder.resolve("signed"), signed, StandardCharsets.ISO_8859_1);
    openssl(
        "cms -encrypt -binary -crlfeol -in signed -out sealed " + cipher,
        List.of("-from", from, "-to", Peer.MAILBOX, "-subject", "Verwijzing"),
        List.of(certificate("gateway/oost")));
    String sealed = Files.readString(folder.resolve("sealed"), StandardCharsets.ISO_8859_1);
    Files.writeString(folder.resolve(file), crlf(sealed), StandardCharsets.ISO_8859_1);
  }

  /** One bit of the RSA signature itself, the last 256 octets of that kind in the signature. */
  private static String flipped(String signed) {
    int begin = signed.indexOf("\r\n\r\n", signed.indexOf(MARK)) + 4;
    int end = signed.indexOf("\r\n--", begin);
    byte[] der = Base64.getMimeDecoder().decode(signed.substring(begin, end).strip());
    String octets = new String(der, StandardCharsets.ISO_8859_1);
    der[octets.lastIndexOf("\u0004\u0082\u0001\u0000") + 4 + 100] ^= 1;
    return signed.substring(0, begin)
        + Base64.getMimeEncoder().encodeToString(der)
        + "\r\n"
        + signed.substring(end);
  }

  /** openssl writes its base64 with LF; a mail has CRLF by the time it is delivered. */
  private static String crlf(String mail) {
    return mail.replace("\r\n", "\n").replace("\n", "\r\n");
  }

  /** Whether openssl decrypts and verifies {@code file}, up to the root, to the same letter. */
  boolean opensslOpens(String file) throws IOException {
    String chain =
        Files.readString(CERTIFICATES.resolve("ca/wot-root.pem"))
            + Files.readString(CERTIFICATES.resolve("ca/wot-issuing.pem"));
    Files.writeString(folder.resolve("chain.pem"), chain);
    try {
      openssl(
          "cms -decrypt -out decrypted -in " + file,
          List.of("-recip", certificate("team/oost"), "-inkey", key("team/oost")),
          List.of());
      openssl(
          "cms -verify -purpose smimesign -CAfile chain.pem -in decrypted -out content",
          List.of(),
          List.of());
    } catch (OpensslFailed e) {
      return false;
    }
    String content = Files.readString(folder.resolve("content"), StandardCharsets.UTF_8);
    String joined = content.replaceAll("\\s", "");
    return joined.contains(text.replaceAll("\\s", ""))
        && joined.contains(Base64.getEncoder().encodeToString(attachment));
  }

  private static String certificate(String name) {
    return CERTIFICATES.resolve(name + ".pem").toString();
  }

  private String key(String name) throws IOException {
    Path key = folder.resolve(name.replace('/', '-') + ".key");
    if (!Files.exists(key)) {
      openssl(
          "pkcs12 -nodes -nocerts -passin pass:" + BenchHome.SAMPLE_PASSWORD + " -out " + key,
          List.of("-in", CERTIFICATES.resolve(name + ".p12").toString()),
          List.of());
    }
    return key.toString();
  }

  private static final class OpensslFailed extends IOException {
    private static final long serialVersionUID = 1;

    OpensslFailed(String message) {
      super(message);
    }
  }

  private void openssl(String command, List<String> options, List<String> more) throws IOException {
    List<String> words = new ArrayList<>(List.of("openssl"));
    words.addAll(List.of(command.split(" ")));
    words.addAll(options);
    words.addAll(more);
    Path errors = folder.resolve("openssl.log");
    Process process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(errors.toFile())
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new OpensslFailed(String.join(" ", words) + "\n" + Files.readString(errors));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(e.getMessage());
    }
  }
}
