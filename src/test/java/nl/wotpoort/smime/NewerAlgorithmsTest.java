package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
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
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.KeyTransRecipientInformation;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.RecipientInformationStore;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
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

  /** The other way round: what we seal, BouncyCastle decrypts and verifies. */
  @ParameterizedTest
  @CsvSource({
    "ed25519, x25519, AES_256_GCM",
    "ed25519, x25519, AES_256_CBC",
    "ed25519, x25519, CHACHA20_POLY1305",
    "ed25519, rsa, CHACHA20_POLY1305",
    "rsa, p256, CHACHA20_POLY1305",
    "p384, x25519, AES_256_GCM",
  })
  void areOpenedByBouncyCastle(String signer, String reader, Recipient.Cipher cipher)
      throws Exception {
    KeyEntry own = StacksTest.key("signer-" + signer);
    KeyEntry theirs = StacksTest.key("recipient-" + reader);
    EnvelopeSealer sealer =
        EnvelopeSealer.of(
            KeyRing.of(Map.of(GP, List.of(own))),
            CertificateBook.of(Map.of(BOX, List.of(theirs.certificate()))),
            AlgorithmPolicy.defaults(),
            Limits.defaults(),
            new SecureRandom());
    OuterHead head = OuterHead.of(GP, BOX, SamplePki.NOW, "<1@praktijk.example>", "x");
    Recipient to = Recipient.of(BOX).with(cipher);
    String mail =
        sealer
            .seal(bytes("From: gp@praktijk.example\r\n\r\nhallo\r\n"), head, GP, to, SamplePki.NOW)
            .decode(StandardCharsets.UTF_8);

    byte[] signed = decrypted(Forge.derOf(mail), theirs, cipher == Recipient.Cipher.AES_256_CBC);
    SignedContent parts =
        SignedContent.read(Entity.read(Bytes.wrap(signed), Limits.defaults()), Limits.defaults());
    byte[] info =
        Der.sequence(Der.oid(Oids.SIGNED_DATA), Der.value(0xA0, parts.signedData().raw()));
    CMSSignedData verified =
        new CMSSignedData(new CMSProcessableByteArray(parts.content().toArray()), info);
    SignerInformation one = verified.getSignerInfos().getSigners().iterator().next();
    assertThat(
            one.verify(
                new JcaSimpleSignerInfoVerifierBuilder().setProvider(BC).build(own.certificate())))
        .isTrue();
    assertThat(parts.content().decode(StandardCharsets.UTF_8)).contains("hallo");
  }

  private static byte[] decrypted(byte[] der, KeyEntry theirs, boolean cbc) throws Exception {
    RecipientInformationStore recipients =
        cbc
            ? new CMSEnvelopedData(der).getRecipientInfos()
            : new CMSAuthEnvelopedData(der).getRecipientInfos();
    RecipientInformation one = recipients.getRecipients().iterator().next();
    String kind = theirs.certificate().getPublicKey().getAlgorithm();
    String pem = Files.readString(StacksTest.KEYS.resolve(theirs.source() + ".key.pem"));
    PKCS8EncodedKeySpec encoded =
        new PKCS8EncodedKeySpec(
            Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", "")));
    PrivateKey key =
        KeyFactory.getInstance(kind.equals("XDH") ? "X25519" : kind, BC).generatePrivate(encoded);
    return one.getContent(
        one instanceof KeyTransRecipientInformation
            ? new JceKeyTransEnvelopedRecipient(key).setProvider(BC)
            : new JceKeyAgreeEnvelopedRecipient(key).setProvider(BC));
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
