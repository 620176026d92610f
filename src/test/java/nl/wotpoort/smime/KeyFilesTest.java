package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read out of files of every form, as openssl and keytool make them. */
class KeyFilesTest {

  private static final char[] PASSWORD = "geheim".toCharArray();
  private static final TestCa ROOT = TestCa.root("Root");
  private static final X509Certificate GP = SamplePki.certificate("gp/a.devries");
  private static final X509Certificate OTHER = SamplePki.certificate("gp/praktijk");

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] openssl(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    byte[] made = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).as(command.toString()).isZero();
    return made;
  }

  private static String certificates(byte[] file) {
    try {
      return names(KeyFiles.certificates("x", file));
    } catch (KeyFileFault fault) {
      return fault.why().name();
    }
  }

  private static String directory(String text) {
    return directory(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String directory(byte[] file) {
    try {
      return names(KeyFiles.directory("x", file));
    } catch (KeyFileFault fault) {
      return fault.why().name();
    }
  }

  private static String names(List<X509Certificate> found) {
    return String.join(" ", found.stream().map(KeyFilesTest::name).toList());
  }

  private static String name(X509Certificate one) {
    return one.equals(GP) ? "gp" : one.equals(OTHER) ? "other" : "unknown";
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(der), label);
  }

  /** RFC 7468 §5.1 and older labels; what stands beside them is passed over. */
  @Test
  void certificatesInPem() {
    String crl =
        new String(
            SamplePki.bytes(SamplePki.CERTS.resolve("ca/wot-root.crl.pem")),
            StandardCharsets.US_ASCII);
    String both = pem("X509 CERTIFICATE", der(OTHER)) + crl + pem("CERTIFICATE", der(GP));
    assertThat(certificates(ascii(both))).isEqualTo("other gp");
    assertThat(certificates(ascii(pem("PRIVATE KEY", der(GP))))).isEqualTo("EMPTY");
    assertThat(certificates(ascii(pem("CERTIFICATE", new byte[0])))).isEqualTo("BROKEN");
    assertThat(certificates(ascii(pem("CERTIFICATE", new byte[] {0x30})))).isEqualTo("BROKEN");
    assertThat(certificates(new byte[0])).isEqualTo("EMPTY");
    assertThat(certificates(der(GP))).isEqualTo("gp");
  }

  /** {@code .p7b} and {@code .p7c}: a ContentInfo (RFC 5652 §3) without any signature. */
  @Test
  void bundles(@TempDir Path folder) throws Exception {
    Path both = folder.resolve("both.pem");
    Files.writeString(both, Certificates.pem(GP) + Certificates.pem(OTHER));
    String[] bundle = {"crl2pkcs7", "-nocrl", "-certfile", both.toString(), "-outform", "DER"};
    byte[] made = openssl(bundle);
    assertThat(certificates(made)).isEqualTo("gp other");
    assertThat(certificates(ascii(pem("PKCS7", made)))).isEqualTo("gp other");
    assertThat(certificates(ascii(pem("CMS", made) + pem("CERTIFICATE", der(GP)))))
        .isEqualTo("gp other gp");

    // the same without a stated length, as other programs write it (X.690 §8.1.3.6)
    ByteArrayOutputStream open = new ByteArrayOutputStream();
    open.write(new byte[] {0x30, (byte) 0x80});
    open.write(made, 4, made.length - 4);
    open.write(new byte[2]);
    assertThat(certificates(open.toByteArray())).isEqualTo("gp other");

    // of one byte's length: one with nobody in it
    byte[] empty = openssl("crl2pkcs7", "-nocrl", "-certfile", "/dev/null", "-outform", "DER");
    assertThat(empty[1]).isEqualTo((byte) (empty.length - 2));
    assertThat(certificates(empty)).isEqualTo("EMPTY");
  }

  /** Lengths that reach over the end, and values of no kind that is known. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "30",
        "3000",
        "30ff",
        "3009060100000000000000",
        "30ff0601000000000000000000",
        "30800601000000000000000000",
        "308a0601000000000000000600",
        "308906010000000000000006",
        "300a02010000000000000000",
        "308a00000000000000000000"
      })
  void neitherCertificateNorBundle(String hex) {
    assertThat(certificates(HexFormat.of().parseHex(hex))).isEqualTo("BROKEN");
  }

  /**
   * RFC 2849: a line goes on after a line end and one blank; a value after {@code ::} is base64.
   */
  @Test
  void exportsOfADirectory() {
    String gp = Base64.getEncoder().encodeToString(der(GP));
    String other = Base64.getEncoder().encodeToString(der(OTHER));
    String folded = gp.replaceAll("(.{76})", "$1\r\n ");
    assertThat(directory("userCertificate;binary:: " + folded + "\r\nmail: a@b.example\r\n"))
        .isEqualTo("gp");
    assertThat(directory("a;\"" + gp + "\"\nb;" + other + "\nc;" + gp + "\n"))
        .isEqualTo("gp other");
    String photo = "MIIabcd".repeat(60);
    assertThat(directory("jpegPhoto:: " + photo + "\n\nuserCertificate:: " + gp)).isEqualTo("gp");
    assertThat(directory("jpegPhoto:: " + photo)).isEqualTo("EMPTY");
    assertThat(directory(new byte[0])).isEqualTo("EMPTY");
    assertThat(directory(der(OTHER))).isEqualTo("other");
    assertThat(directory(Arrays.copyOf(der(OTHER), 100))).isEqualTo("BROKEN");
    assertThat(directory(Certificates.pem(GP) + Certificates.pem(OTHER))).isEqualTo("gp other");
    assertThat(directory(pem("X509 CRL", new byte[300]))).isEqualTo("EMPTY");
  }

  @Test
  void lists() throws Exception {
    byte[] pem = SamplePki.bytes(SamplePki.CERTS.resolve("ca/wot-root.crl.pem"));
    byte[] der = SamplePki.crl("ca/wot-root").getEncoded();
    assertThat(KeyFiles.crls("x", pem)).containsExactly(SamplePki.crl("ca/wot-root"));
    assertThat(KeyFiles.crls("x", der)).containsExactly(SamplePki.crl("ca/wot-root"));
    assertThat(crlFault(ascii(Certificates.pem(GP)))).isEqualTo(KeyFileFault.Cause.EMPTY);
    assertThat(crlFault(der(GP))).isEqualTo(KeyFileFault.Cause.BROKEN);
    assertThat(crlFault(ascii("-----BEGIN X509 CRL-----\nMIIB=AA\n-----END X509 CRL-----\n")))
        .isEqualTo(KeyFileFault.Cause.BROKEN);
  }

  private static KeyFileFault.Cause crlFault(byte[] bytes) {
    return catchThrowableOfType(KeyFileFault.class, () -> KeyFiles.crls("x", bytes)).why();
  }

  private static KeyStore keyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    return store;
  }

  private static String keys(KeyStore store) throws GeneralSecurityException, IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    store.store(file, PASSWORD);
    return keys(file.toByteArray());
  }

  private static String keys(byte[] file) {
    try {
      List<String> found = new ArrayList<>();
      for (KeyEntry entry : KeyFiles.keys("x.p12", file, PASSWORD)) {
        found.add(entry.source() + " under " + entry.chain().size());
      }
      return String.join(" ", found);
    } catch (KeyFileFault fault) {
      return fault.why().name();
    }
  }

  @Test
  void keysInPkcs12() throws Exception {
    TestCa ca = ROOT.authority("CA");
    KeyPair own = TestCa.newKeys();
    X509Certificate leaf = ca.mailLeaf("a@b.example", own);
    Certificate[] chain = {leaf, ca.certificate, ROOT.certificate};
    KeyStore store = keyStore();
    store.setCertificateEntry("anchor", ROOT.certificate);
    KeyStore.PasswordProtection locked = new KeyStore.PasswordProtection(PASSWORD);
    SecretKeySpec secret = new SecretKeySpec(new byte[16], "AES");
    store.setEntry("secret", new KeyStore.SecretKeyEntry(secret), locked);
    assertThat(keys(store)).isEqualTo("EMPTY");
    store.setKeyEntry("own", own.getPrivate(), PASSWORD, chain);
    assertThat(keys(store)).isEqualTo("x.p12 (own) under 1"); // the root is left out

    byte[] file = SamplePki.bytes(SamplePki.CERTS.resolve("gp/a.devries.p12"));
    assertThat(KeyFiles.certificates("x.p12", file, "wotpoort-sample".toCharArray()))
        .contains(GP); // and its key left aside
  }

  /** A key alone in its file, and one under another password than the file's. */
  @Test
  void keysThatAreOfNoUse(@TempDir Path folder) throws Exception {
    Path key = folder.resolve("key.pem");
    PrivateKey own = TestCa.newKeys().getPrivate();
    Files.writeString(key, pem("PRIVATE KEY", own.getEncoded()));
    String[] export = {"pkcs12", "-export", "-nocerts", "-inkey", "", "-passout", "pass:geheim"};
    export[4] = key.toString();
    assertThat(keys(openssl(export))).isEqualTo("EMPTY");

    KeyStore store = keyStore();
    KeyPair pair = TestCa.newKeys();
    Certificate[] chain = {ROOT.mailLeaf("a@b.example", pair)};
    store.setKeyEntry("own", pair.getPrivate(), "anders".toCharArray(), chain);
    assertThat(keys(store)).isEqualTo("WRONG_PASSWORD");
  }

  private static boolean isPair(PrivateKey own, PublicKey theirs) {
    X509Certificate certificate = ROOT.mailLeaf("a@b.example", new KeyPair(theirs, own));
    return KeyFiles.isPair(own, certificate);
  }

  /** With and without what RFC 8017 §3.2 adds to the exponent. */
  @Test
  void pairsOfRsa() throws Exception {
    RSAPrivateCrtKey own = (RSAPrivateCrtKey) rsaKey();
    RSAPublicKey theirs = (RSAPublicKey) SamplePki.certificate("ca/zorg-issuing").getPublicKey();
    KeyFactory factory = KeyFactory.getInstance("RSA");
    PrivateKey bare =
        factory.generatePrivate(new RSAPrivateKeySpec(own.getModulus(), own.getPrivateExponent()));
    PublicKey other = GP.getPublicKey();
    for (PrivateKey key : List.of(own, bare)) {
      assertThat(isPair(key, theirs)).isTrue();
      assertThat(isPair(key, other)).isFalse();
      assertThat(isPair(key, TestCa.newKeys().getPublic())).isFalse();
    }
    RSAPublicKeySpec three = new RSAPublicKeySpec(theirs.getModulus(), BigInteger.valueOf(3));
    assertThat(isPair(own, factory.generatePublic(three))).isFalse();
  }

  private static PrivateKey rsaKey() throws GeneralSecurityException {
    byte[] pem = SamplePki.bytes(SamplePki.CERTS.resolve("ca/zorg-issuing.key.pem"));
    return PemKeys.read("PRIVATE KEY", PemBlock.in(pem).get(0).decoded());
  }

  private static final String KEY =
      """
      -----BEGIN PRIVATE KEY-----
      MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg
      -----END PRIVATE KEY-----
      """;

  /** As {@code openssl genpkey}, {@code openssl ecparam -genkey} and {@code rsa -traditional}. */
  @Test
  void keysInPem() throws Exception {
    TestCa ca = TestCa.root("CA");
    byte[] certificate = ascii(Certificates.pem(ca.certificate));
    byte[] pkcs8 = ca.keys.getPrivate().getEncoded();
    byte[] key = ascii(pem("PRIVATE KEY", pkcs8));
    assertThat(pemKeys(key, certificate)).isEqualTo("CN=CA");
    assertThat(pemKeys(certificate, key)).isEqualTo("CN=CA");
    assertThat(pemKeys(key)).isEqualTo("EMPTY");
    assertThat(pemKeys(certificate)).isEqualTo("EMPTY");
    assertThat(pemKeys(key, ascii(Certificates.pem(GP)))).isEqualTo("EMPTY");
    assertThat(pemKeys(ascii(KEY), certificate)).isEqualTo("BROKEN");
    assertThat(pemKeys(ascii(pem("ENCRYPTED PRIVATE KEY", pkcs8)), certificate))
        .isEqualTo("LOCKED");
    assertThat(pemKeys(ascii("-----BEGIN CERTIFICATE REQUEST-----"), key)).isEqualTo("EMPTY");
  }

  /** Each form openssl writes without a password, of each kind of key. */
  @ParameterizedTest
  @CsvSource({
    "RSA, pkey -traditional",
    "RSA, pkey",
    "EC, pkey -traditional",
    "EC, pkey",
    "Ed25519, pkey",
    "X25519, pkey",
  })
  void formsOfKeys(String algorithm, String command, @TempDir Path folder) throws Exception {
    KeyPair pair =
        algorithm.equals("RSA")
            ? new KeyPair(SamplePki.certificate("ca/zorg-issuing").getPublicKey(), rsaKey())
            : KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    Path key = folder.resolve("key.pem");
    Files.writeString(key, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.addAll(List.of("-in", key.toString()));
    byte[] made = openssl(words.toArray(String[]::new));
    assertThat(new String(made, StandardCharsets.US_ASCII).contains("BEGIN PRIVATE KEY"))
        .isEqualTo(!command.contains("traditional"));
    X509Certificate own = ROOT.mailLeaf("a@b.example", pair);
    assertThat(pemKeys(made, ascii(Certificates.pem(own)))).isEqualTo("CN=a@b.example");
  }

  @Test
  void aPemFileWithNeitherKeyNorCertificateIsEmpty() {
    String none = "-----BEGIN DH PARAMETERS-----\nMAYCAQUCAQI=\n-----END DH PARAMETERS-----\n";
    assertThat(pemKeys(ascii(none))).isEqualTo("EMPTY");
  }

  private static String pemKeys(byte[]... files) {
    try {
      List<PemFile> read = new ArrayList<>();
      for (byte[] file : files) {
        read.add(PemFile.read("x", file));
      }
      return String.join(
          " ",
          KeyFiles.pemKeys("x", read).stream()
              .map(k -> k.certificate().getSubjectX500Principal().getName())
              .toList());
    } catch (KeyFileFault fault) {
      return fault.why().name();
    }
  }
}
