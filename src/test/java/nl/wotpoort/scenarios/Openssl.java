package nl.wotpoort.scenarios;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;

/**
 * The mail program of everybody outside: {@code openssl cms} on the command line. What it opens it
 * writes in a folder of its own, which is not the gateway's. Not for several threads.
 */
final class Openssl {

  static final String SAMPLE_PASSWORD = "wotpoort-sample";

  private final Path work;
  private final Map<String, Path> keys = new ConcurrentHashMap<>();

  Openssl(Path work) {
    this.work = work;
  }

  /** The sample key, below certs-sample and without an ending, of somebody outside. */
  static String sampleOf(Address address) {
    return (address.domain().equals("intern.wotschiedam.nl") ? "team/" : "gp/")
        + address.localPart();
  }

  /** {@code openssl cms -decrypt}: the signed entity. */
  Bytes decrypt(Bytes mail, String sample) {
    write("mail.eml", mail);
    run(
        "cms",
        "-decrypt",
        "-in",
        "mail.eml",
        "-recip",
        House.CERTS.resolve(sample + ".pem").toString(),
        "-inkey",
        key(sample).toString(),
        "-binary",
        "-out",
        "signed.eml");
    return read("signed.eml");
  }

  /**
   * {@code openssl cms -verify} up to {@code tree}'s root, as of {@code at}: the signed content.
   */
  Bytes verify(Bytes signed, String tree, Instant at, String... more) {
    write("signed.eml", signed);
    List<String> command =
        new ArrayList<>(
            List.of(
                "cms",
                "-verify",
                "-in",
                "signed.eml",
                "-CAfile",
                House.CERTS.resolve("ca/" + tree + "-root.pem").toString(),
                "-certfile",
                House.CERTS.resolve("ca/" + tree + "-issuing.pem").toString(),
                "-purpose",
                "smimesign",
                "-attime",
                Long.toString(at.getEpochSecond()),
                "-signer",
                "signer.pem",
                "-out",
                "content"));
    command.addAll(List.of(more));
    run(command.toArray(String[]::new));
    return read("content");
  }

  /** The mail addresses in the certificate of the last signature verified. */
  String lastSigner() {
    return run("x509", "-in", "signer.pem", "-noout", "-email").strip();
  }

  /** {@code openssl cms -cmsout -print}. */
  String structure(Bytes mail) {
    write("mail.eml", mail);
    return run("cms", "-cmsout", "-print", "-noout", "-in", "mail.eml");
  }

  /** {@code openssl dgst -sha256 -binary | openssl base64}. */
  String sha256Base64(Bytes content) {
    write("digested", content);
    run("dgst", "-sha256", "-binary", "-out", "digest", "digested");
    return run("base64", "-in", "digest").strip();
  }

  private Path key(String sample) {
    return keys.computeIfAbsent(
        sample,
        name -> {
          Path key = work.resolve(name.replace('/', '-') + ".key").toAbsolutePath();
          run(
              "pkcs12",
              "-in",
              House.CERTS.resolve(name + ".p12").toString(),
              "-passin",
              "pass:" + SAMPLE_PASSWORD,
              "-nodes",
              "-nocerts",
              "-out",
              key.toString());
          return key;
        });
  }

  void write(String name, Bytes content) {
    try {
      Files.write(work.resolve(name), content.toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Bytes read(String name) {
    try {
      return Bytes.wrap(Files.readAllBytes(work.resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it printed. Throws AssertionError with what it said when it failed. */
  String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(work.toFile())
              .redirectError(work.resolve("errors").toFile())
              .redirectOutput(work.resolve("printed").toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("openssl hangs: " + command);
      }
      if (process.exitValue() != 0) {
        throw new AssertionError(
            String.join(" ", command) + "\n" + Files.readString(work.resolve("errors")));
      }
      return Files.readString(work.resolve("printed"), StandardCharsets.UTF_8);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
