package nl.wotpoort.smime;

/**
 * How much of anything is looked at before the envelope is refused as too large.
 *
 * @param messageBytes the whole mail as it came, in its base64 dress
 * @param headerBytes one header block
 * @param headerFields fields in one header block
 * @param parts parts of one multipart
 * @param asn1Depth nesting of one ASN.1 value
 * @param asn1Values ASN.1 values in one structure, pieces of a chunked string included
 * @param recipients RecipientInfos
 * @param certificates certificates in one signature
 * @param signers SignerInfos
 * @param pathAttempts candidate paths tried for one certificate
 */
public record Limits(
    int messageBytes,
    int headerBytes,
    int headerFields,
    int parts,
    int asn1Depth,
    int asn1Values,
    int recipients,
    int certificates,
    int signers,
    int pathAttempts) {

  /** 25 MB of attachments and what base64 makes of them, twice. */
  public static Limits defaults() {
    return new Limits(60_000_000, 256 * 1024, 1000, 100, 32, 250_000, 500, 50, 4, 20);
  }

  public Limits withMessageBytes(int bytes) {
    return new Limits(
        bytes,
        headerBytes,
        headerFields,
        parts,
        asn1Depth,
        asn1Values,
        recipients,
        certificates,
        signers,
        pathAttempts);
  }
}
