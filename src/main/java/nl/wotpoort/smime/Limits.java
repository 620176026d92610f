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

  /** How much larger base64 in lines can make an attachment: once, signed, and encrypted. */
  private static final int GROWTH = 3;

  /** With room for attachments of 25 MB. */
  public static Limits defaults() {
    return new Limits(
        GROWTH * 25 * 1024 * 1024, 256 * 1024, 1000, 100, 32, 250_000, 500, 50, 4, 20);
  }

  /**
   * With room for attachments of {@code bytes} in every form: base64 makes four bytes and a bit of
   * three, for the attachment, around an opaque signature, and around the encryption; 2.57 times in
   * all, and the text beside it. At most what an array can hold.
   */
  public Limits forAttachments(long bytes) {
    return withMessageBytes((int) Math.min(GROWTH * bytes, Integer.MAX_VALUE - 1_000_000));
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

  Limits withParts(int most) {
    return new Limits(
        messageBytes,
        headerBytes,
        headerFields,
        most,
        asn1Depth,
        asn1Values,
        recipients,
        certificates,
        signers,
        pathAttempts);
  }
}
