package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.settings.Problem;
import nl.wotpoort.texts.Language;

/** What a check has to say, in the order it was found. Not thread-safe. */
final class Remarks {

  enum Severity {
    ERROR,
    WARNING,
    NOTE
  }

  /** {@code line} is 0 when it is about the whole file. */
  record Remark(
      Severity severity, Optional<String> code, Optional<String> file, int line, String sentence) {

    ObjectNode json() {
      ObjectNode json = Json.object();
      json.put("severity", severity.name());
      Json.put(json, "code", code);
      Json.put(json, "file", file);
      json.put("line", line == 0 ? null : line);
      json.put("text", sentence);
      return json;
    }
  }

  private final List<Remark> remarks = new ArrayList<>();

  List<Remark> all() {
    return List.copyOf(remarks);
  }

  void add(Problem problem, Language language) {
    remarks.add(
        new Remark(
            problem.isError() ? Severity.ERROR : Severity.WARNING,
            Optional.of(problem.code()),
            Optional.of(problem.file()),
            problem.line(),
            problem.say(language)));
  }

  void error(String file, int line, String sentence) {
    remarks.add(new Remark(Severity.ERROR, Optional.empty(), Optional.of(file), line, sentence));
  }

  void error(String sentence) {
    add(Severity.ERROR, sentence);
  }

  void warning(String sentence) {
    add(Severity.WARNING, sentence);
  }

  void note(String sentence) {
    add(Severity.NOTE, sentence);
  }

  private void add(Severity severity, String sentence) {
    remarks.add(new Remark(severity, Optional.empty(), Optional.empty(), 0, sentence));
  }
}
