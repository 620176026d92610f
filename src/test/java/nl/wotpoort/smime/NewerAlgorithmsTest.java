package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What OpenSSL 3.0 cannot make: Ed25519, X25519 and ChaCha20-Poly1305, made by BouncyCastle's CMS
 * generators (none of whose code opens it here).
 */
class NewerAlgorithmsTest {

  private static final Provider BC = new BouncyCastleProvider();
  private static final Address GP = Address.of("gp@praktijk.example");
  private static final Address BOX = Address.of("box@wot.example");

  private final TestCa root = TestCa.root("Root");

  @ParameterizedTest
  @CsvSource({
    "Ed25519, X25519, ECDH-HKDF-SHA-256, AES-256-GCM",
    "Ed25519, X25519, ECDH-HKDF-SHA-384, AES-128-GCM",
    "Ed25519, X25519, ECDH-HKDF-SHA-512, AES-256-GCM",
    "Ed25519, RSA, RSA-PKCS1, CHACHA20-POLY1305",
    "Ed25519, X25519, ECDH-HKDF-SHA-256, CHACHA20-POLY1305",
  })
  void opens(String signerKind, String recipientKind, String keyEncryption, String cipher)
      throws Exception {
    KeyPair signerKeys = KeyPairGenerator.getInstance(signerKind).generateKeyPair();
    KeyPair recipientKeys = KeyPairGenerator.getInstance(recipientKind).generateKeyPair();
    X509Certificate signer = root.mailLeaf(GP.toString(), signerKeys);
    X509Certificate recipient = root.mailLeaf(BOX.toString(), recipientKeys);

    byte[] signed = sign(signerKeys, signer);
    RecipientInfoGenerator to =
        recipientKind.equals("RSA")
            ? new JceKeyTransRecipientInfoGenerator(recipient).setProvider(BC)
            : agreement(keyEncryption, recipient);
    String mail = encrypt(signed, to, cipher);

    Opened opened = opener(recipientKeys, recipient).open(bytes(mail), BOX, SamplePki.NOW);
    Opened.Trusted trusted = SealAndOpenTest.trusted(opened);
    assertThat(trusted.algorithms())
        .isEqualTo(new Algorithms(cipher, keyEncryption, "ED25519", "SHA-512"));
  }

  private EnvelopeOpener opener(KeyPair keys, X509Certificate certificate) {
    KeyEntry entry = new KeyEntry("test", keys.getPrivate(), certificate, List.of());
    PartnerGroup group =
        PartnerGroup.of("g", List.of(root.certificate), List.of(), List.of(root.crl(1).sign()));
    return EnvelopeOpener.of(
        KeyRing.of(Map.of(BOX, List.of(entry))),
        SamplePki.trust(group),
        AlgorithmPolicy.defaults());
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text, StandardCharsets.UTF_8);
  }

  private static byte[] sign(KeyPair keys, X509Certificate certificate) throws Exception {
    CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
    generator.addSignerInfoGenerator(
        new JcaSimpleSignerInfoGeneratorBuilder().build("Ed25519", keys.getPrivate(), certificate));
    generator.addCertificates(new JcaCertStore(List.of(certificate)));
    byte[] content = "Content-Type: text/plain\r\n\r\nhallo\r\n".getBytes(StandardCharsets.UTF_8);
    return generator.generate(new CMSProcessableByteArray(content), true).getEncoded();
  }

  private static RecipientInfoGenerator agreement(String name, X509Certificate recipient)
      throws Exception {
    ASN1ObjectIdentifier oid =
        switch (name) {
          case "ECDH-HKDF-SHA-256" -> CMSAlgorithm.ECDH_HKDF_SHA256;
          case "ECDH-HKDF-SHA-384" -> CMSAlgorithm.ECDH_HKDF_SHA384;
          default -> CMSAlgorithm.ECDH_HKDF_SHA512;
        };
    KeyPairGenerator generator = KeyPairGenerator.getInstance("X25519", BC);
    KeyPair ephemeral = generator.generateKeyPair();
    KeyFactory factory = KeyFactory.getInstance("X25519", BC);
    PrivateKey own =
        factory.generatePrivate(new PKCS8EncodedKeySpec(ephemeral.getPrivate().getEncoded()));
    PublicKey its =
        factory.generatePublic(new X509EncodedKeySpec(ephemeral.getPublic().getEncoded()));
    return new JceKeyAgreeRecipientInfoGenerator(oid, own, its, CMSAlgorithm.AES256_WRAP)
        .addRecipient(recipient)
        .setProvider(BC);
  }

  private static String encrypt(byte[] signed, RecipientInfoGenerator to, String cipher)
      throws Exception {
    String inner =
        Forge.crlf(
                """
                Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m
                Content-Transfer-Encoding: base64

                """)
            + Base64.getMimeEncoder().encodeToString(signed);
    CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
    generator.addRecipientInfoGenerator(to);
    ASN1ObjectIdentifier oid =
        switch (cipher) {
          case "AES-128-GCM" -> CMSAlgorithm.AES128_GCM;
          case "AES-256-GCM" -> CMSAlgorithm.AES256_GCM;
          default -> new ASN1ObjectIdentifier(Oids.CHACHA20_POLY1305);
        };
    OutputAEADEncryptor encryptor =
        (OutputAEADEncryptor) new JceCMSContentEncryptorBuilder(oid).setProvider(BC).build();
    CMSProcessableByteArray content =
        new CMSProcessableByteArray(inner.getBytes(StandardCharsets.UTF_8));
    byte[] der = generator.generate(content, encryptor).getEncoded();
    String head =
        """
        From: gp@praktijk.example
        To: box@wot.example
        Content-Type: application/pkcs7-mime; smime-type=authEnveloped-data; name=smime.p7m
        Content-Transfer-Encoding: base64

        """;
    return Forge.crlf(head) + Base64.getMimeEncoder().encodeToString(der);
  }
}
