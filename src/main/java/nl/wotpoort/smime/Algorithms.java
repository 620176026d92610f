package nl.wotpoort.smime;

/**
 * What an envelope was made with, in the names of {@link AlgorithmPolicy}: for example {@code
 * AES-256-GCM}, {@code RSA-OAEP-SHA-256}, {@code RSA-PSS-SHA-256}, {@code SHA-256}.
 */
public record Algorithms(String cipher, String keyEncryption, String signature, String digest) {}
