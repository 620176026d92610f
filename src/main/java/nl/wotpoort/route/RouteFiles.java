package nl.wotpoort.route;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.xml.in.ModelParser;

/**
 * The {@code *.camel.xml} files of a folder: when and in which order things happen. They are
 * Camel's own XML form, read without executing anything in them; what they may hold is held by a
 * test.
 */
final class RouteFiles {

  private static final String NAMESPACE = "http://camel.apache.org/schema/xml-io";

  private final List<Path> files;

  private RouteFiles(List<Path> files) {
    this.files = files;
  }

  /**
   * The files of {@code folder} in the order of their names. Throws IOException when the folder
   * cannot be read or holds none.
   */
  static RouteFiles in(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> found =
          all.filter(file -> file.toString().endsWith(".camel.xml")).sorted().toList();
      if (found.isEmpty()) {
        throw new IOException("no *.camel.xml file in " + folder);
      }
      return new RouteFiles(found);
    }
  }

  List<Path> files() {
    return files;
  }

  /**
   * Adds every route and template to {@code camel}. Throws IOException that names the file when one
   * is not well-formed.
   */
  void addTo(ModelCamelContext camel) throws IOException {
    for (Path file : files) {
      try {
        add(file, camel);
      } catch (IOException e) {
        throw e;
      } catch (Exception e) { // Camel's model API declares Exception
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    }
  }

  private static void add(Path file, ModelCamelContext camel) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      var routes = new ModelParser(in, NAMESPACE).parseRoutesDefinition();
      if (routes.isPresent()) {
        camel.addRouteDefinitions(routes.get().getRoutes());
      }
    }
    try (InputStream in = Files.newInputStream(file)) {
      var templates = new ModelParser(in, NAMESPACE).parseRouteTemplatesDefinition();
      if (templates.isPresent()) {
        camel.addRouteTemplateDefinitions(templates.get().getRouteTemplates());
      }
    }
  }
}
