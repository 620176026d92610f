package nl.wotpoort.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Attachment;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.Confidential;

/**
 * What is in a message: its best plain text, its files, and its JSON parts. HTML counts as text
 * only where there is no plain text beside it.
 */
final class MailContents {

  private static final Set<String> JSON =
      Set.of("application/json", "application/vnd.wotpoort+json");

  private final StringBuilder text = new StringBuilder();
  private final List<File> files = new ArrayList<>();
  private final List<Bytes> jsonParts = new ArrayList<>();

  /** A file that came along: the part it is in and how it reads. */
  record File(Part part, Attachment attachment) {}

  private MailContents() {}

  static MailContents of(Part root) throws Unreadable {
    MailContents contents = new MailContents();
    contents.take(root);
    return contents;
  }

  String text() {
    return text.toString();
  }

  List<File> files() {
    return files;
  }

  List<Attachment> attachments() {
    return files.stream().map(File::attachment).toList();
  }

  /** The JSON parts, decoded, in order. */
  List<Bytes> jsonParts() {
    return jsonParts;
  }

  private void take(Part part) throws Unreadable {
    if (part.type().is("multipart/alternative")) {
      takeAlternatives(part);
    } else if (part.type().isMultipart()) {
      for (Part child : part.children()) {
        take(child);
      }
    } else if (JSON.contains(part.type().name())) {
      Bytes json = Decoding.content(part);
      jsonParts.add(json);
      files.add(new File(part, attachment(part, json)));
    } else if (isBodyText(part)) {
      append(textOf(part));
    } else {
      files.add(new File(part, attachment(part, Decoding.content(part))));
    }
  }

  /**
   * One text of several that say the same: plain where it says anything, else HTML. HTML too where
   * words are crossed out in it, for in plain text they stand there as if they were meant.
   */
  private void takeAlternatives(Part alternatives) throws Unreadable {
    List<Part> texts = new ArrayList<>();
    for (Part child : alternatives.children()) {
      collectTexts(child, texts);
    }
    Optional<String> best = Optional.empty();
    Optional<Part> struck = withStruckWords(texts);
    for (Part candidate : struck.map(List::of).orElse(texts)) {
      String words = textOf(candidate);
      boolean better = best.isEmpty() || best.get().isBlank() || candidate.type().is("text/plain");
      if (better && !words.isBlank()) {
        best = Optional.of(words);
        if (candidate.type().is("text/plain")) {
          break;
        }
      }
    }
    best.ifPresent(this::append);
    for (Part child : alternatives.children()) {
      takeFiles(child);
    }
  }

  private static Optional<Part> withStruckWords(List<Part> texts) throws Unreadable {
    for (Part candidate : texts) {
      if (candidate.type().is("text/html") && HtmlText.hasStruck(Decoding.text(candidate))) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static void collectTexts(Part part, List<Part> texts) throws Unreadable {
    if (part.type().isMultipart()) {
      for (Part child : part.children()) {
        collectTexts(child, texts);
      }
    } else if (isBodyText(part)) {
      texts.add(part);
    }
  }

  private void takeFiles(Part part) throws Unreadable {
    if (part.type().isMultipart()) {
      for (Part child : part.children()) {
        takeFiles(child);
      }
    } else if (!isBodyText(part)) {
      take(part);
    }
  }

  private void append(String words) {
    if (words.isBlank()) {
      return;
    }
    if (text.length() > 0 && text.charAt(text.length() - 1) != '\n') {
      text.append('\n');
    }
    text.append(words);
  }

  private static boolean isBodyText(Part part) throws Unreadable {
    if (!part.type().isText()) {
      return false;
    }
    Optional<MediaType> disposition = part.disposition();
    boolean attached = disposition.isPresent() && disposition.get().is("attachment");
    return !attached && part.fileName().isEmpty();
  }

  private static String textOf(Part part) throws Unreadable {
    String words = Decoding.text(part);
    if (part.type().is("text/html")) {
      return HtmlText.of(words);
    }
    boolean flowed = part.type().parameter("format").orElse("").equalsIgnoreCase("flowed");
    boolean deleteSpace = part.type().parameter("delsp").orElse("").equalsIgnoreCase("yes");
    return flowed ? Flowed.unwrap(words, deleteSpace) : words;
  }

  private static Attachment attachment(Part part, Bytes content) throws Unreadable {
    String name = part.fileName().orElse("");
    return new Attachment(
        Confidential.of(name),
        part.type().name().toLowerCase(Locale.ROOT),
        content.length(),
        sha256(content));
  }

  static String sha256(Bytes content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      content.writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException | IOException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
