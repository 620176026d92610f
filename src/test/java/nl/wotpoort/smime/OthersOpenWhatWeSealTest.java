package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every signature × key × cipher that we write, with keys of every kind: BouncyCastle's CMS opens
 * and verifies all of them, {@code openssl cms} what OpenSSL 3.0 knows (no Ed25519, X25519 or
 * ChaCha20-Poly1305 in CMS). Here each signature and each key × cipher comes up; every combination
 * with {@code -Dmatrix.full=true}.
 */
class OthersOpenWhatWeSealTest {

  private static final boolean FULL = Boolean.getBoolean("matrix.full");
  private static final Provider BC = new BouncyCastleProvider();
  private static final Address US = Address.of("box@wot.example");
  private static final Address GP = Address.of("gp@praktijk.example");
  private static final String INNER = "From: box@wot.example\r\n\r\nGoed – ontvangen\r\n";

  private static final TestCa ROOT = TestCa.root("Root");
  private static final Map<Kind, KeyPair> PAIRS = pairs();

  @TempDir private Path work;

  enum Kind {
    RSA("RSA", ""),
    P256("EC", "secp256r1"),
    P384("EC", "secp384r1"),
    P521("EC", "secp521r1"),
    ED25519("Ed25519", ""),
    X25519("X25519", "");

    final String algorithm;
    final String curve;

    Kind(String algorithm, String curve) {
      this.algorithm = algorithm;
      this.curve = curve;
    }
  }

  private static Map<Kind, KeyPair> pairs() {
    Map<Kind, KeyPair> pairs = new EnumMap<>(Kind.class);
    try {
      for (Kind kind : Kind.values()) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.algorithm);
        if (!kind.curve.isEmpty()) {
          generator.initialize(new ECGenParameterSpec(kind.curve));
        }
        pairs.put(kind, generator.generateKeyPair());
      }
      return pairs;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  record Row(
      Kind signer,
      Recipient.Signature signature,
      Kind reader,
      Recipient.KeyTransport transport,
      Recipient.Cipher cipher) {}

  static List<Row> rows() {
    return chosen(every());
  }

  /** Each key × cipher once, the signatures in turn; each signature comes up three times or more. */
  private static List<Row> chosen(List<Row> rows) {
    List<Row> chosen = new ArrayList<>();
    List<List<Object>> signatures = rows.stream().map(OthersOpenWhatWeSealTest::outside).distinct().toList();
    List<List<Object>> insides = rows.stream().map(OthersOpenWhatWeSealTest::inside).distinct().toList();
    for (Row row : rows) {
      int turn = insides.indexOf(inside(row)) % signatures.size();
      if (FULL || outside(row).equals(signatures.get(turn))) {
        chosen.add(row);
      }
    }
    return chosen;
  }

  private static List<Object> outside(Row row) {
    return List.of(row.signer(), row.signature());
  }

  private static List<Object> inside(Row row) {
    return List.of(row.reader(), row.transport(), row.cipher());
  }

  private static List<Row> every() {
    List<Row> rows = new ArrayList<>();
    for (Kind signer : Kind.values()) {
      for (Recipient.Signature signature : signatures(signer)) {
        for (Kind reader : Kind.values()) {
          for (Recipient.KeyTransport transport : transports(reader)) {
            for (Recipient.Cipher cipher : Recipient.Cipher.values()) {
              rows.add(new Row(signer, signature, reader, transport, cipher));
            }
          }
        }
      }
    }
    return rows;
  }

  private static List<Recipient.Signature> signatures(Kind signer) {
    return switch (signer) {
      case RSA -> List.of(Recipient.Signature.RSA_PKCS1, Recipient.Signature.RSA_PSS);
      case P256, P384, P521 -> List.of(Recipient.Signature.ECDSA);
      case ED25519 -> List.of(Recipient.Signature.ED25519);
      case X25519 -> List.of();
    };
  }

  private static List<Recipient.KeyTransport> transports(Kind reader) {
    return switch (reader) {
      case RSA -> Arrays.asList(Recipient.KeyTransport.values());
      case P256, P384, P521, X25519 -> List.of(Recipient.KeyTransport.PKCS1);
      case ED25519 -> List.of();
    };
  }

  private static Bytes seal(Row row, X509Certificate signer, X509Certificate reader)
      throws CannotSeal {
    PrivateKey own = PAIRS.get(row.signer()).getPrivate();
    EnvelopeSealer sealer =
        EnvelopeSealer.of(
            KeyRing.of(Map.of(US, List.of(new KeyEntry("test", own, signer, List.of())))),
            CertificateBook.of(Map.of(GP, List.of(reader))),
            AlgorithmPolicy.defaults(),
            Limits.defaults(),
            new SecureRandom());
    Recipient recipient =
        Recipient.of(GP).with(row.signature()).with(row.transport()).with(row.cipher());
    OuterHead head = OuterHead.of(US, GP, SamplePki.NOW, "<1@wot.example>", "[...]");
    return sealer.seal(
        Bytes.of(INNER, StandardCharsets.UTF_8), head, US, recipient, SamplePki.NOW);
  }

  private static X509Certificate certificate(Kind kind, Address address) {
    return ROOT.mailLeaf(address.toString(), PAIRS.get(kind));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void bouncyCastleOpens(Row row) throws Exception {
    X509Certificate signer = certificate(row.signer(), US);
    byte[] der = der(seal(row, signer, certificate(row.reader(), GP)));

    String signed = new String(decrypted(row, der), StandardCharsets.UTF_8);

    String boundary = signed.replaceAll("(?s).*?boundary=\"([^\"]+)\".*", "$1");
    String[] parts = signed.split("\r\n--" + boundary + "(--)?\r\n", -1);
    byte[] content = parts[1].getBytes(StandardCharsets.UTF_8);
    byte[] signature = Base64.getMimeDecoder().decode(parts[2].split("\r\n\r\n", 2)[1]);
    CMSSignedData cms = new CMSSignedData(new CMSProcessableByteArray(content), signature);
    SignerInformation by = cms.getSignerInfos().iterator().next();
    assertThat(by.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider(BC).build(signer)))
        .isTrue();
    assertThat(parts[1]).endsWith("\r\n\r\n" + INNER);
  }

  private static byte[] der(Bytes mail) {
    String text = mail.decode(StandardCharsets.US_ASCII);
    return Base64.getMimeDecoder().decode(text.substring(text.indexOf("\r\n\r\n") + 4));
  }

  private static byte[] decrypted(Row row, byte[] der) throws Exception {
    PrivateKey key = bouncyCastles(PAIRS.get(row.reader()).getPrivate());
    boolean rsa = row.reader() == Kind.RSA;
    if (row.cipher() == Recipient.Cipher.AES_256_CBC) {
      RecipientInformation info =
          new CMSEnvelopedData(der).getRecipientInfos().iterator().next();
      return info.getContent(
          rsa
              ? new JceKeyTransEnvelopedRecipient(key).setProvider(BC)
              : new JceKeyAgreeEnvelopedRecipient(key).setProvider(BC));
    }
    RecipientInformation info =
        new CMSAuthEnvelopedData(new ByteArrayInputStream(der).readAllBytes())
            .getRecipientInfos()
            .iterator()
            .next();
    return info.getContent(
        rsa
            ? new JceKeyTransAuthEnvelopedRecipient(key).setProvider(BC)
            : new JceKeyAgreeAuthEnvelopedRecipient(key).setProvider(BC));
  }

  private static PrivateKey bouncyCastles(PrivateKey key) throws GeneralSecurityException {
    return java.security.KeyFactory.getInstance(key.getAlgorithm(), BC)
        .generatePrivate(new java.security.spec.PKCS8EncodedKeySpec(key.getEncoded()));
  }

  static List<Row> rowsForOpenssl() {
    return chosen(
        every().stream()
            .filter(row -> row.signer() != Kind.ED25519 && row.reader() != Kind.X25519)
            .filter(row -> row.cipher() != Recipient.Cipher.CHACHA20_POLY1305)
            .toList());
  }

  @ParameterizedTest
  @MethodSource("rowsForOpenssl")
  void opensslOpens(Row row) throws Exception {
    X509Certificate signer = certificate(row.signer(), US);
    X509Certificate reader = certificate(row.reader(), GP);
    Files.write(work.resolve("mail.eml"), seal(row, signer, reader).toArray());
    Files.writeString(work.resolve("reader.pem"), Certificates.pem(reader));
    Files.writeString(work.resolve("root.pem"), Certificates.pem(ROOT.certificate));
    Files.writeString(
        work.resolve("key.pem"),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder()
                .encodeToString(PAIRS.get(row.reader()).getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");

    openssl("cms -decrypt -in mail.eml -recip reader.pem -inkey key.pem -out signed.eml");
    openssl(
        "cms -verify -in signed.eml -CAfile root.pem -attime %d -out content.eml"
            .formatted(SamplePki.NOW.getEpochSecond()));

    assertThat(Files.readString(work.resolve("content.eml"))).endsWith("\r\n\r\n" + INNER);
  }

  private void openssl(String arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments.split(" ")));
    Path log = work.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }
}
