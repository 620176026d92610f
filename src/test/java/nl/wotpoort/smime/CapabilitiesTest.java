package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The extension smimeCapabilities (RFC 4262): a sequence of algorithms, the best of ours counts.
 */
class CapabilitiesTest {

  private static final TestCa ROOT = TestCa.root("Root");
  private static final KeyPair KEYS = TestCa.newKeys();
  private static final ASN1ObjectIdentifier EXTENSION =
      new ASN1ObjectIdentifier(Oids.SMIME_CAPABILITIES);

  private static Capabilities of(ASN1Encodable value) {
    TestCa.Ext extension = TestCa.ext(EXTENSION, false, value);
    return Capabilities.of(ROOT.mailLeaf("a@b.example", KEYS, extension), Limits.defaults());
  }

  private static DERSequence algorithm(String name) {
    return switch (name) {
      case "gcm-256" -> named(Oids.AES256_GCM);
      case "gcm-128" -> named(Oids.AES128_GCM);
      case "chacha" -> named(Oids.CHACHA20_POLY1305);
      case "cbc-256" -> named(Oids.AES256_CBC);
      case "cbc-128" -> named(Oids.AES128_CBC);
      case "3des" -> named(PKCSObjectIdentifiers.des_EDE3_CBC.getId());
      case "sha256" -> withHashes(Oids.RSA_OAEP, Oids.SHA256, Oids.SHA256);
      case "sha384" -> withHashes(Oids.RSA_OAEP, Oids.SHA384, Oids.SHA384);
      case "sha256+384" -> withHashes(Oids.RSA_OAEP, Oids.SHA256, Oids.SHA384);
      case "sha1" -> named(Oids.RSA_OAEP); // RFC 8017 §A.2.1: what is left out is SHA-1
      case "sha256-elsewhere" ->
          withHashes(PKCSObjectIdentifiers.des_EDE3_CBC.getId(), Oids.SHA256, Oids.SHA256);
      default -> throw new AssertionError(name);
    };
  }

  private static DERSequence named(String oid) {
    return new DERSequence(new ASN1ObjectIdentifier(oid));
  }

  /** RSAES-OAEP-params (RFC 4055 §4.1): the hash, and the one of MGF1. */
  private static DERSequence withHashes(String oid, String hash, String mask) {
    AlgorithmIdentifier mgf1 = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, hash(mask));
    DERSequence parameters =
        new DERSequence(
            new ASN1Encodable[] {
              new DERTaggedObject(true, 0, hash(hash)), new DERTaggedObject(true, 1, mgf1)
            });
    return new DERSequence(new ASN1Encodable[] {new ASN1ObjectIdentifier(oid), parameters});
  }

  private static AlgorithmIdentifier hash(String oid) {
    return new AlgorithmIdentifier(new ASN1ObjectIdentifier(oid));
  }

  @ParameterizedTest
  @CsvSource({
    "gcm-256, AES_256_GCM",
    "gcm-128, AES_256_GCM",
    "cbc-256 chacha gcm-128, AES_256_GCM",
    "cbc-128 chacha, CHACHA20_POLY1305",
    "cbc-256, AES_256_CBC",
    "3des cbc-128, AES_256_CBC",
    "3des, -",
    "sha256, OAEP_SHA_256",
    "3des sha256 cbc-128, AES_256_CBC OAEP_SHA_256",
    "sha256 gcm-256 sha1, AES_256_GCM OAEP_SHA_256",
    "sha384, -",
    "sha256+384, -",
    "sha1 cbc-256, AES_256_CBC",
    "sha256-elsewhere, -",
  })
  void theBestOfOurs(String names, String expected) {
    List<DERSequence> all = new ArrayList<>();
    for (String name : names.split(" ")) {
      all.add(algorithm(name));
    }
    assertThat(chosen(of(new DERSequence(all.toArray(ASN1Encodable[]::new))))).isEqualTo(expected);
  }

  private static String chosen(Capabilities capabilities) {
    List<String> chosen = new ArrayList<>();
    capabilities.cipher().ifPresent(c -> chosen.add(c.name()));
    capabilities.keyTransport().ifPresent(t -> chosen.add(t.name()));
    return chosen.isEmpty() ? "-" : chosen.stream().collect(Collectors.joining(" "));
  }

  /** As if it were not there: it is a hint. */
  @Test
  void whatCannotBeReadSaysNothing() {
    DERSequence gcm = algorithm("gcm-256");
    ASN1Integer one = new ASN1Integer(1);
    assertThat(chosen(of(new DERSequence(gcm)))).isEqualTo("AES_256_GCM");
    assertThat(chosen(of(one))).isEqualTo("-");
    assertThat(chosen(of(new DERSequence(new ASN1Encodable[] {gcm, one})))).isEqualTo("-");
    assertThat(chosen(of(new DERSequence(new DERSequence())))).isEqualTo("-");
    assertThat(chosen(of(new DERSequence()))).isEqualTo("-");
    assertThat(chosen(Capabilities.of(ROOT.mailLeaf("a@b.example", KEYS), Limits.defaults())))
        .isEqualTo("-");
  }
}
