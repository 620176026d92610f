package nl.wotpoort.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import nl.wotpoort.desk.Chores;
import nl.wotpoort.desk.Desk;
import nl.wotpoort.desk.Dispatch;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The files of routes/ say when and in which order things happen, and nothing else: they load in a
 * real Camel, hold no policy, name only beans that are there, and reach nothing but the desk.
 */
class RoutesTest {

  private static final Path ROUTES =
      Path.of(System.getProperty("project.basedir", ".")).resolve("routes");

  /** All that may stand in a route. What decides, executes or changes a body is not among it. */
  private static final Set<String> STEPS =
      Set.of(
          "routes",
          "route",
          "routeTemplates",
          "routeTemplate",
          "templateParameter",
          "from",
          "to",
          "bean",
          "process",
          "removeHeaders",
          "setProperty",
          "constant");

  private static final Set<String> BEANS = Set.of("intake", "desk", "dispatch", "chores");

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(ROUTES)) {
      return all.filter(file -> file.toString().endsWith(".camel.xml")).sorted().toList();
    }
  }

  private static List<Element> elements(Path file)
      throws IOException, SAXException, ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    factory.setNamespaceAware(true);
    Document document = factory.newDocumentBuilder().parse(file.toFile());
    List<Element> all = new ArrayList<>();
    collect(document.getDocumentElement(), all);
    return all;
  }

  private static void collect(Element element, List<Element> all) {
    all.add(element);
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element inner) {
        collect(inner, all);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> aFileHoldsOnlySteps() throws IOException {
    return files().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () ->
                        assertThat(elements(file))
                            .extracting(Element::getLocalName)
                            .isSubsetOf(STEPS)));
  }

  @TestFactory
  Stream<DynamicTest> anAddressIsAQueueATimerOrTheAccountsOwn() throws IOException {
    return files().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () ->
                        assertThat(elements(file))
                            .filteredOn(element -> element.hasAttribute("uri"))
                            .extracting(element -> element.getAttribute("uri"))
                            .allMatch(RoutesTest::isAllowed)));
  }

  private static boolean isAllowed(String uri) {
    return uri.startsWith("seda:") || uri.startsWith("timer:") || uri.equals("{{endpoint}}");
  }

  @TestFactory
  Stream<DynamicTest> aBeanIsOneOfOursByNameNeverAClass() throws IOException {
    return files().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> {
                      for (Element element : elements(file)) {
                        assertThat(element.hasAttribute("beanType")).isFalse();
                        if (element.hasAttribute("ref")) {
                          assertThat(BEANS).contains(element.getAttribute("ref"));
                        }
                      }
                    }));
  }

  /**
   * A method that a file names is there: a slip of the pen shows here and not at the first mail.
   */
  @Test
  void everyMethodNamedExists() throws IOException, SAXException, ParserConfigurationException {
    for (Path file : files()) {
      for (Element element : elements(file)) {
        if (element.getLocalName().equals("bean")) {
          Class<?> type =
              switch (element.getAttribute("ref")) {
                case "desk" -> Desk.class;
                case "dispatch" -> Dispatch.class;
                case "chores" -> Chores.class;
                default -> Intake.class;
              };
          assertThat(type.getMethods())
              .extracting(method -> method.getName())
              .contains(element.getAttribute("method"));
        }
      }
    }
  }

  /** Before anything else a stranger's headers are gone, whoever fetched the mail. */
  @Test
  void theIntakeDropsAllHeadersBeforeItTouchesAnything()
      throws IOException, SAXException, ParserConfigurationException {
    List<String> steps =
        elements(ROUTES.resolve("10-intake.camel.xml")).stream()
            .map(Element::getLocalName)
            .filter(name -> Set.of("removeHeaders", "bean", "process", "to").contains(name))
            .toList();
    // either they go first, or our own bean takes the exchange over as the very first step
    assertThat(steps.get(0)).isIn("removeHeaders", "process");
  }

  @Test
  void allOfThemLoadInARealCamel() throws IOException {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      RouteFiles files = RouteFiles.in(ROUTES);
      files.addTo(camel);
      assertThat(files.files()).hasSize(4);
      assertThat(camel.getRouteDefinitions())
          .extracting(route -> route.getRouteId())
          .containsExactlyInAnyOrder(
              "pass-tick", "pass", "dispatch-tick", "dispatch-keep", "dispatch", "chores");
      assertThat(camel.getRouteTemplateDefinitions()).hasSize(1);
    }
  }

  @Test
  void aFolderWithoutRoutesIsSaidSo(@TempDir Path empty) {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> RouteFiles.in(empty))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no *.camel.xml");
  }

  @Test
  void aBrokenFileIsNamed(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("20-x.camel.xml"), "<routes><route></routes>");
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      RouteFiles files = RouteFiles.in(folder);
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> files.addTo(camel))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("20-x.camel.xml");
    }
  }
}
