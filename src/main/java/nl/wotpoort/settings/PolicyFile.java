package nl.wotpoort.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.PolicyTable;
import nl.wotpoort.rules.consent.PolicyTables;

/**
 * Reads {@code routes/policy.yaml}: the dated tables of the consent policy. Stateless, thread-safe.
 */
public final class PolicyFile {

  private PolicyFile() {}

  /**
   * Reads the file as UTF-8.
   *
   * @throws PolicyFileException when it is not there, cannot be read or holds a mistake
   */
  public static PolicyTables read(Path file) throws PolicyFileException {
    String name = file.toString();
    try {
      return parse(name, Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new PolicyFileException(name, 0, "notThere");
    } catch (CharacterCodingException e) {
      throw new PolicyFileException(name, 0, "notUtf8");
    } catch (IOException e) {
      throw new PolicyFileException(name, 0, "unreadable", String.valueOf(e.getMessage()));
    }
  }

  /** Reads text; {@code name} is how errors call the file. */
  static PolicyTables parse(String name, String yaml) throws PolicyFileException {
    PolicyNode list =
        member(PolicyNode.root(name, yaml).members(Set.of("versions"), Set.of()), "versions");
    List<PolicyTable> versions = new ArrayList<>();
    for (PolicyNode version : list.items()) {
      PolicyTable table = version(version);
      if (versions.stream().anyMatch(earlier -> earlier.from().equals(table.from()))) {
        throw version.problem("sameDate", table.from().toString());
      }
      versions.add(table);
    }
    if (versions.isEmpty()) {
      throw list.problem("noVersions");
    }
    return new PolicyTables(versions);
  }

  private static PolicyTable version(PolicyNode node) throws PolicyFileException {
    Map<String, PolicyNode> parts =
        node.members(
            Set.of(
                "from",
                "categories",
                "restricted",
                "purposes",
                "ages",
                "representatives",
                "grounds",
                "implied-feedback"),
            Set.of());
    Set<Category> vocabulary = new LinkedHashSet<>();
    for (PolicyNode item : member(parts, "categories").items()) {
      vocabulary.add(new Category(code(item)));
    }
    Map<Purpose, PolicyTable.NecessarySet> purposes =
        necessarySets(member(parts, "purposes"), vocabulary);
    return new PolicyTable(
        member(parts, "from").date(),
        vocabulary,
        categories(member(parts, "restricted"), vocabulary),
        purposes,
        ages(member(parts, "ages")),
        representatives(member(parts, "representatives"), vocabulary),
        grounds(member(parts, "grounds"), purposes.keySet()),
        implied(member(parts, "implied-feedback"), purposes.keySet(), vocabulary));
  }

  private static Map<Purpose, PolicyTable.NecessarySet> necessarySets(
      PolicyNode node, Set<Category> vocabulary) throws PolicyFileException {
    Map<Purpose, PolicyTable.NecessarySet> purposes = new LinkedHashMap<>();
    for (Map.Entry<String, PolicyNode> entry : node.members().entrySet()) {
      Map<String, PolicyNode> parts = entry.getValue().members(Set.of("needs"), Set.of("never"));
      Set<Category> never =
          parts.containsKey("never") ? categories(member(parts, "never"), vocabulary) : Set.of();
      purposes.put(
          new Purpose(code(entry.getKey(), entry.getValue())),
          new PolicyTable.NecessarySet(categories(member(parts, "needs"), vocabulary), never));
    }
    return purposes;
  }

  private static PolicyTable.Ages ages(PolicyNode node) throws PolicyFileException {
    Map<String, PolicyNode> parts = node.members(Set.of("together", "alone", "adult"), Set.of());
    PolicyTable.Ages ages =
        new PolicyTable.Ages(
            member(parts, "together").years(),
            member(parts, "alone").years(),
            member(parts, "adult").years());
    if (ages.together() > ages.alone() || ages.alone() > ages.adult()) {
      throw node.problem("agesOrder");
    }
    return ages;
  }

  private static Map<String, Set<Category>> representatives(
      PolicyNode node, Set<Category> vocabulary) throws PolicyFileException {
    Map<String, Set<Category>> representatives = new LinkedHashMap<>();
    for (Map.Entry<String, PolicyNode> entry : node.members().entrySet()) {
      PolicyNode matters = entry.getValue();
      Set<Category> about = matters.isText("all") ? Set.of() : categories(matters, vocabulary);
      if (about.isEmpty() && !matters.isText("all")) {
        throw matters.problem("noMatters", entry.getKey());
      }
      representatives.put(entry.getKey(), about);
    }
    return representatives;
  }

  private static Map<String, PolicyTable.GroundRule> grounds(PolicyNode node, Set<Purpose> known)
      throws PolicyFileException {
    Map<String, PolicyTable.GroundRule> grounds = new LinkedHashMap<>();
    for (Map.Entry<String, PolicyNode> entry : node.members().entrySet()) {
      Map<String, PolicyNode> parts =
          entry.getValue().members(Set.of("recipients", "purposes"), Set.of());
      Set<String> recipients = new LinkedHashSet<>();
      for (PolicyNode item : member(parts, "recipients").items()) {
        recipients.add(item.text());
      }
      grounds.put(
          entry.getKey(),
          new PolicyTable.GroundRule(recipients, purposes(member(parts, "purposes"), known)));
    }
    return grounds;
  }

  private static PolicyTable.Implied implied(
      PolicyNode node, Set<Purpose> known, Set<Category> vocabulary) throws PolicyFileException {
    Map<String, PolicyNode> parts = node.members(Set.of("purposes", "categories"), Set.of());
    return new PolicyTable.Implied(
        purposes(member(parts, "purposes"), known),
        categories(member(parts, "categories"), vocabulary));
  }

  private static Set<Purpose> purposes(PolicyNode list, Set<Purpose> known)
      throws PolicyFileException {
    Set<Purpose> purposes = new LinkedHashSet<>();
    for (PolicyNode item : list.items()) {
      Purpose purpose = new Purpose(code(item));
      if (!known.contains(purpose)) {
        throw item.problem("unknownPurpose", purpose.code());
      }
      purposes.add(purpose);
    }
    return purposes;
  }

  private static Set<Category> categories(PolicyNode list, Set<Category> vocabulary)
      throws PolicyFileException {
    Set<Category> categories = new LinkedHashSet<>();
    for (PolicyNode item : list.items()) {
      Category category = new Category(code(item));
      if (!vocabulary.contains(category)) {
        throw item.problem("unknownCategory", category.code());
      }
      categories.add(category);
    }
    return categories;
  }

  private static String code(PolicyNode item) throws PolicyFileException {
    return code(item.text(), item);
  }

  private static String code(String code, PolicyNode at) throws PolicyFileException {
    if (!code.matches("[a-z0-9.-]{1,100}")) {
      throw at.problem("notCode", code);
    }
    return code;
  }

  /** {@link PolicyNode#members(Set, Set)} has made sure that it is there. */
  private static PolicyNode member(Map<String, PolicyNode> parts, String name) {
    return Objects.requireNonNull(parts.get(name), name);
  }
}
