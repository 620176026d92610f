package nl.wotpoort.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nl.wotpoort.smime.KeyEntry;
import nl.wotpoort.smime.KeyFileFault;
import nl.wotpoort.smime.KeyFiles;
import nl.wotpoort.smime.PemFile;

/**
 * Keys of every kind, made by the openssl command and certified by the authorities of
 * certs-sample/.
 */
final class AlgorithmKeys {

  private static final Path CA = BenchHome.PROJECT.resolve("certs-sample/ca");

  private AlgorithmKeys() {}

  /** A key to sign with as that GP. */
  static KeyEntry signer(String kind, Path folder) {
    return made("signer", kind, Letters.GP.toString(), "zorg-issuing", "digitalSignature", folder);
  }

  /** A key to read with, of that mailbox. */
  static KeyEntry reader(String kind, Path folder) {
    String usage = kind.startsWith("rsa") ? "keyEncipherment" : "keyAgreement";
    return made("reader", kind, Letters.OOST.toString(), "wot-issuing", usage, folder);
  }

  private static KeyEntry made(
      String role, String kind, String address, String issuer, String usage, Path folder) {
    try {
      Path key = folder.resolve(role + "-" + kind + ".key.pem");
      Path certificate = folder.resolve(role + "-" + kind + ".pem");
      if (!Files.exists(certificate)) {
        Path extensions = folder.resolve("extensions");
        Path own = folder.resolve("public.pem");
        Files.writeString(
            extensions,
            "[x]\nkeyUsage=critical,%s\nextendedKeyUsage=emailProtection\nsubjectAltName=email:%s\n"
                .formatted(usage, address));
        run("genpkey -out " + key + " " + options(kind));
        run("pkey -in " + key + " -pubout -out " + own);
        run(
            ("x509 -new -subj /CN=bench -force_pubkey %s -CA %s -CAkey %s -days 300 -extfile %s"
                    + " -extensions x -out %s")
                .formatted(
                    own,
                    CA.resolve(issuer + ".pem"),
                    CA.resolve(issuer + ".key.pem"),
                    extensions,
                    certificate));
      }
      PemFile own = PemFile.read(role, Files.readAllBytes(key));
      PemFile pair = PemFile.read(role, Files.readAllBytes(certificate));
      return KeyFiles.pemKeys(role, List.of(own, pair)).get(0);
    } catch (IOException | KeyFileFault e) {
      throw new IllegalStateException(e);
    }
  }

  private static String options(String kind) {
    return switch (kind) {
      case "ed25519", "x25519" -> "-algorithm " + kind;
      case "p256", "p384" -> "-algorithm EC -pkeyopt ec_paramgen_curve:P-" + kind.substring(1);
      default -> "-algorithm RSA -pkeyopt rsa_keygen_bits:" + kind.substring(3);
    };
  }

  private static void run(String arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments.split(" ")));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (InputStream said = process.getInputStream()) {
      String text = new String(said.readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(arguments + "\n" + text);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
