package nl.wotpoort;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import nl.wotpoort.letter.VerifiedContent;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The walls of the house: who may import whom, and in which room a library lives. The figure in
 * docs/architecture.md, as a test.
 */
class ArchitectureTest {

  private static final String BASE = "nl.wotpoort.";

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("nl.wotpoort");

  /** Room → the rooms it may import. What is not here may not be. */
  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("letter", Set.of()),
          Map.entry("texts", Set.of()),
          Map.entry("directory", Set.of("letter", "texts")),
          Map.entry("rules", Set.of("letter", "texts", "directory")),
          Map.entry("smime", Set.of("letter", "texts")),
          Map.entry("mime", Set.of("letter", "texts")),
          Map.entry("settings", Set.of("letter", "texts", "directory", "rules")),
          Map.entry("store", Set.of("letter", "texts", "directory", "rules")),
          Map.entry(
              "desk",
              Set.of(
                  "letter", "texts", "directory", "rules", "smime", "mime", "store", "settings")),
          Map.entry(
              "route",
              Set.of(
                  "letter", "texts", "directory", "rules", "smime", "store", "settings", "desk")),
          Map.entry(
              "cli",
              Set.of(
                  "letter",
                  "texts",
                  "directory",
                  "rules",
                  "smime",
                  "mime",
                  "store",
                  "settings",
                  "desk",
                  "route",
                  "demo")),
          Map.entry(
              "demo",
              Set.of(
                  "letter",
                  "texts",
                  "directory",
                  "rules",
                  "smime",
                  "mime",
                  "store",
                  "settings",
                  "desk",
                  "route")));

  /** Library → the rooms that own it. */
  private static final Map<String, Set<String>> OWNERS =
      Map.ofEntries(
          Map.entry("org.bouncycastle", Set.of("smime")),
          Map.entry("com.amazon.corretto", Set.of("smime")),
          Map.entry("jakarta.mail", Set.of("mime", "route", "demo")),
          Map.entry("org.eclipse.angus", Set.of("mime", "route")),
          Map.entry("com.fasterxml.jackson", Set.of("mime", "cli")),
          Map.entry("org.snakeyaml", Set.of("settings")),
          Map.entry("java.sql", Set.of("store")),
          Map.entry("org.flywaydb", Set.of("store")),
          Map.entry("org.postgresql", Set.of("store")),
          Map.entry("com.zaxxer", Set.of("store")),
          Map.entry("org.apache.camel", Set.of("route")),
          Map.entry("io.micrometer", Set.of("route")),
          Map.entry("com.sun.net.httpserver", Set.of("route")),
          Map.entry("org.subethamail", Set.of("route")),
          Map.entry("picocli", Set.of("cli")),
          Map.entry("ch.qos.logback", Set.of("cli")),
          Map.entry("com.icegreen", Set.of("demo")));

  @TestFactory
  Stream<DynamicTest> roomsImportOnlyWhatLiesBelowThem() {
    return MAY_IMPORT.entrySet().stream()
        .map(
            room ->
                DynamicTest.dynamicTest(
                    room.getKey(), () -> importsOnly(room.getKey(), room.getValue())));
  }

  private static void importsOnly(String room, Set<String> below) {
    String[] others =
        MAY_IMPORT.keySet().stream()
            .filter(other -> !other.equals(room) && !below.contains(other))
            .map(other -> BASE + other + "..")
            .toArray(String[]::new);
    if (others.length > 0) {
      noClasses()
          .that()
          .resideInAPackage(BASE + room + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .check(HOUSE);
    }
  }

  @Test
  void everyClassLivesInARoom() {
    String[] rooms =
        MAY_IMPORT.keySet().stream().map(room -> BASE + room + "..").toArray(String[]::new);
    classes().should().resideInAnyPackage(rooms).check(HOUSE);
  }

  @TestFactory
  Stream<DynamicTest> aLibraryLivesInTheRoomThatOwnsIt() {
    return OWNERS.entrySet().stream()
        .map(
            library ->
                DynamicTest.dynamicTest(
                    library.getKey(),
                    () -> {
                      String[] owners =
                          library.getValue().stream()
                              .map(room -> BASE + room + "..")
                              .toArray(String[]::new);
                      noClasses()
                          .that()
                          .resideOutsideOfPackages(owners)
                          .should()
                          .dependOnClassesThat()
                          .resideInAPackage(library.getKey() + "..")
                          .check(HOUSE);
                    }));
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching("nl.wotpoort.(**)").should().beFreeOfCycles().check(HOUSE);
  }

  /**
   * Content that was not verified cannot be read, for nobody else can make what the reader takes.
   */
  @Test
  void onlySmimeMakesVerifiedContent() {
    DescribedPredicate<JavaConstructorCall> makesVerifiedContent =
        DescribedPredicate.describe(
            "makes VerifiedContent",
            call -> call.getTargetOwner().isEquivalentTo(VerifiedContent.class));
    noClasses()
        .that()
        .resideOutsideOfPackages(BASE + "smime..")
        .should()
        .callConstructorWhere(makesVerifiedContent)
        .check(HOUSE);
  }

  @Test
  void nobodyRegistersASecurityProvider() {
    noClasses()
        .should()
        .callMethod(java.security.Security.class, "addProvider", java.security.Provider.class)
        .orShould()
        .callMethod(
            java.security.Security.class,
            "insertProviderAt",
            java.security.Provider.class,
            int.class)
        .check(HOUSE);
  }

  /** Time is handed in: a room that asks the machine for it cannot be tested at midnight. */
  @Test
  void rulesAskNoClock() {
    for (String room : List.of("letter", "directory", "rules", "mime", "smime")) {
      noClasses()
          .that()
          .resideInAPackage(BASE + room + "..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(java.time.LocalDate.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .allowEmptyShould(true)
          .check(HOUSE);
    }
  }
}
