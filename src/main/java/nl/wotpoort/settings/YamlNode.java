package nl.wotpoort.settings;

import java.util.List;

/**
 * What stands at a place of a YAML file, and no more than we ask of it: ten thousand workers are a
 * hundred thousand of these.
 */
sealed interface YamlNode {

  /** Counts from 1. */
  int line();

  /** A word: what is in quotes, or what YAML's JSON schema takes for no number, truth or null. */
  record Scalar(String text, Kind kind, int line) implements YamlNode {

    /** What it counts as. */
    enum Kind {
      TEXT,
      NUMBER,
      OTHER
    }
  }

  /** A list. */
  record Items(List<YamlNode> items, int line) implements YamlNode {}

  /** A mapping as it is written: a key may be no word, or be there twice. */
  record Fields(List<Field> fields, int line) implements YamlNode {}

  /** One line of a mapping. */
  record Field(YamlNode key, YamlNode value) {}
}
