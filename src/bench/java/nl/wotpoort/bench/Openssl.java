package nl.wotpoort.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What openssl needs for the arithmetic of a message on this machine, in this run, in CPU time.
 *
 * @param rsaSign seconds for one RSA-2048 private operation
 * @param rsaVerify seconds for one public one
 * @param sha256 bytes a second
 * @param aesGcm bytes a second, AES-256
 */
record Openssl(
    double rsaSign,
    double rsaVerify,
    double ecdsaSign,
    double ecdsaVerify,
    double ecdh,
    double sha256,
    double aesGcm) {

  /** About eight seconds. In {@code -mr} lines openssl 3 writes operations, or bytes, a second. */
  static Openssl measure() {
    double[] rsa = fields("rsa2048", "+F2:");
    double[] ecdsa = fields("ecdsap256", "+F4:");
    double[] ecdh = fields("ecdhp256", "+F5:");
    double[] sha = fields("-bytes 16384 sha256", "+F:");
    double[] aes = fields("-bytes 16384 -evp aes-256-gcm", "+F:");
    return new Openssl(
        1 / rsa[2],
        1 / rsa[3],
        1 / ecdsa[2],
        1 / ecdsa[3],
        1 / ecdh[2],
        sha[sha.length - 1],
        aes[aes.length - 1]);
  }

  /** The mean of two measurements, one before and one after what is compared with them. */
  Openssl mean(Openssl other) {
    return new Openssl(
        (rsaSign + other.rsaSign) / 2,
        (rsaVerify + other.rsaVerify) / 2,
        (ecdsaSign + other.ecdsaSign) / 2,
        (ecdsaVerify + other.ecdsaVerify) / 2,
        (ecdh + other.ecdh) / 2,
        (sha256 + other.sha256) / 2,
        (aesGcm + other.aesGcm) / 2);
  }

  /**
   * Messages per CPU second if there were nothing but three private and five public RSA operations
   * (open: decrypt, verify signature and two certificates; forward and receipt: sign, encrypt) and
   * one hash and one cipher over each of the three contents.
   */
  double boundRsa(double contentBytes) {
    return 1 / (3 * rsaSign + 5 * rsaVerify + data(contentBytes));
  }

  /**
   * The same with P-256 keys under the RSA chain of certs-sample/: three ECDH and two fresh key
   * pairs (counted as a signature each, which is the same multiplication), two signatures, one
   * verification, two RSA verifications.
   */
  double boundP256(double contentBytes) {
    return 1 / (3 * ecdh + 4 * ecdsaSign + ecdsaVerify + 2 * rsaVerify + data(contentBytes));
  }

  private double data(double contentBytes) {
    double bytes = 2 * contentBytes + CoreBench.RECEIPT_BYTES;
    return bytes / sha256 + bytes / aesGcm;
  }

  /** The numbers of the last {@code -mr} line that begins so. */
  static double[] fields(String what, String prefix) {
    List<String> command = new ArrayList<>(List.of("openssl", "speed", "-mr", "-seconds", "1"));
    command.addAll(List.of(what.split(" ")));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
        String found =
            lines
                .lines()
                .filter(line -> line.startsWith(prefix))
                .reduce((first, last) -> last)
                .orElseThrow(
                    () -> new IllegalStateException("openssl speed " + what + ": nothing"));
        return numbers(found.substring(prefix.length()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("openssl is needed for the bound", e);
    }
  }

  private static double[] numbers(String fields) {
    String[] parts = fields.split(":");
    double[] numbers = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      numbers[i] = parts[i].matches("[0-9.]+(e[-+]?[0-9]+)?") ? Double.parseDouble(parts[i]) : 0;
    }
    return numbers;
  }
}
