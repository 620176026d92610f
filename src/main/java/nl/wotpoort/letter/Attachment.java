package nl.wotpoort.letter;

/**
 * A file that came with a letter: its name (confidential: file names hold names), media type, size
 * in bytes and SHA-256 (hex).
 */
public record Attachment(Confidential<String> name, String mediaType, long size, String sha256) {}
