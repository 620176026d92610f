package nl.wotpoort.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Optional;

/** JSON for machines: one object, one line. Stateless and thread-safe. */
final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          // A terminal or pipe of any character set must give the same bytes.
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The text of every one, in order. */
  static ArrayNode list(Collection<?> some) {
    ArrayNode list = MAPPER.createArrayNode();
    some.forEach(one -> list.add(one.toString()));
    return list;
  }

  /** null when empty, so that the member is always there. */
  static void put(ObjectNode object, String name, Optional<?> value) {
    object.put(name, value.map(Object::toString).orElse(null));
  }

  static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of texts and numbers can always be written", e);
    }
  }
}
