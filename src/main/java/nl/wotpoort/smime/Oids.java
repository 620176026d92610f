package nl.wotpoort.smime;

/** Object identifiers, each under the name its RFC gives it. */
final class Oids {

  // RFC 5652, RFC 5083
  static final String DATA = "1.2.840.113549.1.7.1";
  static final String SIGNED_DATA = "1.2.840.113549.1.7.2";
  static final String ENVELOPED_DATA = "1.2.840.113549.1.7.3";
  static final String AUTH_ENVELOPED_DATA = "1.2.840.113549.1.9.16.1.23";
  static final String COMPRESSED_DATA = "1.2.840.113549.1.9.16.1.9";
  static final String CONTENT_TYPE = "1.2.840.113549.1.9.3";
  static final String MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
  static final String SIGNING_TIME = "1.2.840.113549.1.9.5";
  static final String SMIME_CAPABILITIES = "1.2.840.113549.1.9.15";
  // RFC 6211
  static final String ALGORITHM_PROTECTION = "1.2.840.113549.1.9.52";
  // RFC 2634, RFC 5035
  static final String SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
  static final String SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";

  // RFC 8017, RFC 4055
  static final String RSA = "1.2.840.113549.1.1.1";
  static final String RSA_OAEP = "1.2.840.113549.1.1.7";
  static final String MGF1 = "1.2.840.113549.1.1.8";
  static final String P_SPECIFIED = "1.2.840.113549.1.1.9";
  static final String RSA_PSS = "1.2.840.113549.1.1.10";
  static final String RSA_SHA256 = "1.2.840.113549.1.1.11";
  static final String RSA_SHA384 = "1.2.840.113549.1.1.12";
  static final String RSA_SHA512 = "1.2.840.113549.1.1.13";

  // RFC 5753, RFC 8410, RFC 8418
  static final String EC_PUBLIC_KEY = "1.2.840.10045.2.1";
  static final String ECDSA_SHA256 = "1.2.840.10045.4.3.2";
  static final String ECDSA_SHA384 = "1.2.840.10045.4.3.3";
  static final String ECDSA_SHA512 = "1.2.840.10045.4.3.4";
  static final String X25519 = "1.3.101.110";
  static final String ED25519 = "1.3.101.112";
  static final String ECDH_SHA256 = "1.3.132.1.11.1";
  static final String HKDF_SHA256 = "1.2.840.113549.1.9.16.3.19";
  static final String HKDF_SHA384 = "1.2.840.113549.1.9.16.3.20";
  static final String HKDF_SHA512 = "1.2.840.113549.1.9.16.3.21";

  // FIPS 180-4
  static final String SHA1 = "1.3.14.3.2.26";
  static final String SHA256 = "2.16.840.1.101.3.4.2.1";
  static final String SHA384 = "2.16.840.1.101.3.4.2.2";
  static final String SHA512 = "2.16.840.1.101.3.4.2.3";

  // RFC 3565, RFC 5084, RFC 8103
  static final String AES128_CBC = "2.16.840.1.101.3.4.1.2";
  static final String AES128_WRAP = "2.16.840.1.101.3.4.1.5";
  static final String AES128_GCM = "2.16.840.1.101.3.4.1.6";
  static final String AES192_CBC = "2.16.840.1.101.3.4.1.22";
  static final String AES192_WRAP = "2.16.840.1.101.3.4.1.25";
  static final String AES192_GCM = "2.16.840.1.101.3.4.1.26";
  static final String AES256_CBC = "2.16.840.1.101.3.4.1.42";
  static final String AES256_WRAP = "2.16.840.1.101.3.4.1.45";
  static final String AES256_GCM = "2.16.840.1.101.3.4.1.46";
  static final String CHACHA20_POLY1305 = "1.2.840.113549.1.9.16.3.18";

  private Oids() {}
}
