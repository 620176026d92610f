package nl.wotpoort.smime;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.AuthenticatedSafe;
import org.bouncycastle.asn1.pkcs.CertBag;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * Every certificate in a PKCS#12 file (RFC 7292 §4). The JDK's KeyStore shows only those beside a
 * key and those with an attribute of Oracle's own, so of what {@code openssl pkcs12 -nokeys} makes
 * it shows none. Structure by BouncyCastle's ASN.1, decryption by the JDK; the MAC was checked
 * before, by {@link java.security.KeyStore#load}.
 */
final class Pkcs12Certificates {

  private Pkcs12Certificates() {}

  static List<X509Certificate> read(byte[] pkcs12, char[] password)
      throws GeneralSecurityException {
    List<X509Certificate> found = new ArrayList<>();
    try {
      byte[] safe = octets(Pfx.getInstance(pkcs12).getAuthSafe());
      for (ContentInfo info : AuthenticatedSafe.getInstance(safe).getContentInfo()) {
        for (Object bag : ASN1Sequence.getInstance(contents(info, password))) {
          SafeBag one = SafeBag.getInstance(bag);
          if (one.getBagId().equals(PKCSObjectIdentifiers.certBag)) {
            CertBag certificate = CertBag.getInstance(one.getBagValue());
            byte[] der = ASN1OctetString.getInstance(certificate.getCertValue()).getOctets();
            found.add(Certificates.read(der));
          }
        }
      }
      return found;
    } catch (IOException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException e) {
      throw new GeneralSecurityException("not PKCS#12", e);
    }
  }

  private static byte[] octets(ContentInfo info) {
    return ASN1OctetString.getInstance(info.getContent()).getOctets();
  }

  private static byte[] contents(ContentInfo info, char[] password)
      throws GeneralSecurityException, IOException {
    if (!info.getContentType().equals(PKCSObjectIdentifiers.encryptedData)) {
      return octets(info);
    }
    EncryptedData data = EncryptedData.getInstance(info.getContent());
    AlgorithmIdentifier algorithm = data.getEncryptionAlgorithm();
    AlgorithmParameters parameters =
        AlgorithmParameters.getInstance(algorithm.getAlgorithm().getId());
    parameters.init(algorithm.getParameters().toASN1Primitive().getEncoded());
    boolean pbes2 = algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2);
    // of PBES2 the JDK tells the name of the cipher only so, see sun.security.pkcs12.PKCS12KeyStore
    String name = pbes2 ? parameters.toString() : algorithm.getAlgorithm().getId();
    PBEKeySpec spec = new PBEKeySpec(password);
    SecretKey key = SecretKeyFactory.getInstance("PBE").generateSecret(spec);
    spec.clearPassword();
    Cipher cipher = Cipher.getInstance(name);
    cipher.init(Cipher.DECRYPT_MODE, key, parameters);
    return cipher.doFinal(data.getContent().getOctets());
  }
}
