package nl.wotpoort.smime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import nl.wotpoort.letter.Address;

/** certs-sample/ as key ring, certificate book and trust. */
final class SamplePki {

  static final Instant NOW = Instant.parse("2026-06-15T10:00:00Z");
  static final Address OOST = Address.of("oost@wotschiedam.nl");
  static final Address GP = Address.of("a.devries@praktijk-delinde.example");
  static final Path ROOT = Path.of(System.getProperty("project.basedir", "."));
  static final Path CERTS = ROOT.resolve("certs-sample");
  private static final char[] PASSWORD = "wotpoort-sample".toCharArray();

  private SamplePki() {}

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<KeyEntry> keys(String name) {
    return READ.computeIfAbsent(name, SamplePki::readKeys);
  }

  private static List<KeyEntry> readKeys(String name) {
    try {
      return KeyFiles.keys(name, bytes(CERTS.resolve(name + ".p12")), PASSWORD);
    } catch (KeyFileFault e) {
      throw new AssertionError(e);
    }
  }

  static X509Certificate certificate(String name) {
    try {
      return KeyFiles.certificates(name, bytes(CERTS.resolve(name + ".pem"))).get(0);
    } catch (KeyFileFault e) {
      throw new AssertionError(e);
    }
  }

  static X509CRL crl(String name) {
    try {
      return KeyFiles.crls(name, bytes(CERTS.resolve(name + ".crl.pem"))).get(0);
    } catch (KeyFileFault e) {
      throw new AssertionError(e);
    }
  }

  /** Every key in that folder, under the address of its certificate. */
  static KeyRing ring(String folder) {
    Map<Address, List<KeyEntry>> entries = new LinkedHashMap<>();
    for (String name : names(folder, ".p12")) {
      for (KeyEntry key : keys(folder + "/" + name)) {
        Address address = Certificates.addresses(key.certificate()).get(0);
        entries.computeIfAbsent(address, a -> new ArrayList<>()).add(key);
      }
    }
    return KeyRing.of(entries);
  }

  static CertificateBook book(String... folders) {
    Map<Address, List<X509Certificate>> entries = new LinkedHashMap<>();
    for (String folder : folders) {
      for (String name : names(folder, ".pem")) {
        if (!name.equals("onbekend")) {
          X509Certificate certificate = certificate(folder + "/" + name);
          Address address = Certificates.addresses(certificate).get(0);
          entries.computeIfAbsent(address, a -> new ArrayList<>()).add(certificate);
        }
      }
    }
    return CertificateBook.of(entries);
  }

  /** Every certificate of certs-sample/. */
  static List<X509Certificate> certificates() {
    return Stream.of("ca", "gateway", "gp", "team")
        .flatMap(f -> names(f, ".pem").stream().map(name -> f + "/" + name))
        .filter(name -> !name.endsWith(".key") && !name.endsWith(".crl"))
        .map(SamplePki::certificate)
        .toList();
  }

  private static List<String> names(String folder, String suffix) {
    try (Stream<Path> files = Files.list(CERTS.resolve(folder))) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(n -> n.endsWith(suffix))
          .map(n -> n.substring(0, n.length() - suffix.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PartnerGroup gps() {
    return PartnerGroup.of(
            "huisartsen",
            List.of(certificate("ca/zorg-root")),
            List.of(certificate("ca/zorg-issuing")),
            List.of(crl("ca/zorg-root"), crl("ca/zorg-issuing")))
        .vouchingFor(Set.of("praktijk-delinde.example", "praktijk-maasoever.example"));
  }

  static PartnerGroup wot() {
    return PartnerGroup.of(
            "wot",
            List.of(certificate("ca/wot-root")),
            List.of(certificate("ca/wot-issuing")),
            List.of(crl("ca/wot-root"), crl("ca/wot-issuing")))
        .vouchingFor(Set.of("wotschiedam.nl", "intern.wotschiedam.nl"));
  }

  static Trust trust(PartnerGroup... groups) {
    return Trust.of(List.of(groups), AlgorithmPolicy.defaults(), Limits.defaults());
  }

  private static final Map<String, List<KeyEntry>> READ = new ConcurrentHashMap<>();

  static EnvelopeOpener opener() {
    return EnvelopeOpener.of(ring("gateway"), trust(gps(), wot()), AlgorithmPolicy.defaults());
  }
}
