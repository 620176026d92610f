package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A certification authority kept by openssl in a folder, valid now: what it issues, lists and
 * answers is openssl's work. Needed where a responder's own clock counts.
 */
public final class OpensslCa {

  private static final String AUTHORITY =
      """
      [x]
      basicConstraints=critical,CA:TRUE
      keyUsage=critical,keyCertSign,cRLSign,digitalSignature
      subjectKeyIdentifier=hash
      """;

  private static final String LISTING =
      """
      [ca]
      default_ca=d
      [d]
      database=%s
      default_md=sha256
      default_crl_days=7
      """;

  private final Path folder;
  private final Map<BigInteger, String> index = new LinkedHashMap<>();

  private OpensslCa(Path folder) {
    this.folder = folder;
  }

  /** A new authority of that name; its files lie in {@code folder}. */
  public static OpensslCa in(Path folder, String name) throws IOException {
    OpensslCa ca = new OpensslCa(Files.createDirectories(folder));
    ca.request("ca", name);
    ca.openssl(
        "x509 -req -in ca.csr -signkey ca.key -days 3000 -extfile ca.ext -extensions x -out ca.pem",
        "ca.ext",
        AUTHORITY);
    return ca;
  }

  public X509Certificate certificate() throws IOException {
    return read("ca");
  }

  /** A mail certificate for that address, with more lines of openssl's extension syntax. */
  public X509Certificate leaf(String name, String address, String... more) throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "[x]",
                "keyUsage=critical,digitalSignature,keyEncipherment",
                "extendedKeyUsage=emailProtection",
                "subjectAltName=email:" + address));
    lines.addAll(List.of(more));
    return issue(name, String.join("\n", lines) + "\n");
  }

  /** With exactly these extensions. */
  public X509Certificate issue(String name, String extensions) throws IOException {
    request(name, name);
    openssl(
        "x509 -req -in %1$s.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 300 -extfile %1$s.ext"
                .formatted(name)
            + " -extensions x -out %s.pem".formatted(name),
        name + ".ext",
        extensions);
    X509Certificate certificate = read(name);
    index.put(certificate.getSerialNumber(), "V\t991231235959Z\t\t%s\tunknown\t/CN=" + name);
    writeIndex();
    return certificate;
  }

  /** From now on in the lists and answers. */
  public void revoke(X509Certificate certificate) throws IOException {
    revokeAt(certificate, "250101000000Z");
  }

  /** The same for a reason, in openssl's word for it: keyCompromise, certificateHold. */
  void revoke(X509Certificate certificate, String reason) throws IOException {
    revokeAt(certificate, "250101000000Z," + reason);
  }

  private void revokeAt(X509Certificate certificate, String when) throws IOException {
    index.put(
        certificate.getSerialNumber(), "R\t991231235959Z\t" + when + "\t%s\tunknown\t/CN=weg");
    writeIndex();
  }

  /** As if it had never been issued. */
  public void forget(X509Certificate certificate) throws IOException {
    index.remove(certificate.getSerialNumber());
    writeIndex();
  }

  private void writeIndex() throws IOException {
    StringBuilder text = new StringBuilder();
    index.forEach(
        (serial, line) -> {
          String hex = serial.toString(16);
          text.append(
                  line.formatted(hex.length() % 2 == 0 ? hex : "0" + hex).toUpperCase(Locale.ROOT))
              .append('\n');
        });
    Files.writeString(folder.resolve("index.txt"), text);
    Files.writeString(folder.resolve("index.txt.attr"), "unique_subject = no\n");
  }

  /** The list as it is now, DER. */
  public byte[] crl() throws IOException {
    return crl("");
  }

  private byte[] crl(String more) throws IOException {
    Files.writeString(
        folder.resolve("ca.cnf"), LISTING.formatted(folder.resolve("index.txt").toAbsolutePath()));
    writeIndex();
    openssl("ca -config ca.cnf -gencrl -cert ca.pem -keyfile ca.key -out crl.pem" + more, "", "");
    openssl("crl -in crl.pem -outform DER -out crl.der", "", "");
    return Files.readAllBytes(folder.resolve("crl.der"));
  }

  X509CRL list() throws IOException {
    return read(crl());
  }

  /** The list as it is now, under other dates. */
  X509CRL list(Instant from, Instant until) throws IOException {
    DateTimeFormatter form =
        DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    return read(
        crl(" -crl_lastupdate " + form.format(from) + " -crl_nextupdate " + form.format(until)));
  }

  private static X509CRL read(byte[] list) {
    try {
      return Certificates.readCrl(list);
    } catch (java.security.cert.CRLException e) {
      throw new AssertionError(e);
    }
  }

  /** What {@code openssl ocsp} answers to that question, signed by the certificate of that name. */
  byte[] answer(byte[] question, String signer, String... more) throws IOException {
    Files.write(folder.resolve("question.der"), question);
    openssl(
        "ocsp -index index.txt -CA ca.pem -reqin question.der -respout answer.der -rsigner %1$s.pem"
                .formatted(signer)
            + " -rkey %s.key %s".formatted(signer, String.join(" ", more)),
        "",
        "");
    return Files.readAllBytes(folder.resolve("answer.der"));
  }

  /** {@code openssl ocsp} as a server, on a port that was free a moment ago. */
  public Process responder(int port, String signer) throws IOException {
    return new ProcessBuilder(
            "openssl",
            "ocsp",
            "-index",
            "index.txt",
            "-CA",
            "ca.pem",
            "-port",
            "" + port,
            "-rsigner",
            signer + ".pem",
            "-rkey",
            signer + ".key",
            "-ndays",
            "1")
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("responder.log").toFile())
        .start();
  }

  private void request(String file, String name) throws IOException {
    openssl(
        "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout %1$s.key -out %1$s.csr"
                .formatted(file)
            + " -subj /CN=%s -config req.cnf".formatted(name.replace(' ', '_')),
        "req.cnf",
        "[req]\ndistinguished_name=dn\n[dn]\n");
  }

  private X509Certificate read(String name) throws IOException {
    try {
      return KeyFiles.certificates(name, Files.readAllBytes(folder.resolve(name + ".pem"))).get(0);
    } catch (KeyFileFault e) {
      throw new AssertionError(e);
    }
  }

  private void openssl(String words, String file, String text) throws IOException {
    if (!file.isEmpty()) {
      Files.writeString(folder.resolve(file), text);
    }
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(words.strip().split(" +")));
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(process.exitValue()).as(words + "\n" + Files.readString(log)).isZero();
  }
}
