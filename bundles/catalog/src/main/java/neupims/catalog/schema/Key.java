// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.schema;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import neupims.api.unit.NearestName;
import neupims.api.unit.ParameterSpec;
import neupims.catalog.value.Leaf;

/**
 * A key of a value, and what the value may be.
 *
 * @param path key path
 * @param type type of the value
 * @param limits range, unit and meaning
 * @param choices the words that a choice is between, nothing for other types
 */
public record Key(String path, Type type, Limits limits, List<String> choices) {
  /** A key that is no choice. */
  public Key(String path, Type type, Limits limits) {
    this(path, type, limits, List.of());
  }

  /** A key that is a choice between the constants of an enum, in lower case. */
  static Key choice(String path, Class<?> type, Limits limits) {
    List<String> words =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
            .toList();
    return new Key(path, Type.CHOICE, limits, words);
  }

  /** Types of values. */
  public enum Type {
    WHOLE,
    REAL,
    FLAG,
    TEXT,
    FILE,
    CHOICE;

    static Type of(ParameterSpec.Type type) {
      return switch (type) {
        case INTEGER -> WHOLE;
        case REAL -> REAL;
        case FLAG -> FLAG;
        case TEXT -> TEXT;
        case FILE -> FILE;
      };
    }

    static Type of(Class<?> type) {
      if (type == int.class || type == long.class) {
        return WHOLE;
      } else if (type == double.class) {
        return REAL;
      } else if (type == boolean.class) {
        return FLAG;
      } else if (type == String.class) {
        return TEXT;
      }
      throw new IllegalArgumentException("no key can hold a " + type.getName());
    }
  }

  /** What is allowed, in words. */
  public String allowed() {
    return switch (type) {
      case WHOLE -> "a whole number from " + limits.range() + note();
      case REAL -> "a number from " + limits.range() + note();
      case FLAG -> "true or false" + note();
      case TEXT -> "a text" + note();
      case FILE -> "the name of a file" + note();
      case CHOICE -> String.join(", ", choices) + note();
    };
  }

  private String note() {
    String unit = limits.unit().isEmpty() ? "" : " " + limits.unit();
    return unit + (limits.meaning().isEmpty() ? "" : " (" + limits.meaning() + ")");
  }

  /**
   * The value: a {@link Long}, {@link Double}, {@link Boolean} or {@link String}; of a file its
   * name as it was given, of a choice its word.
   *
   * @throws neupims.api.unit.InputException if it is of another type or out of range
   */
  public Object value(Leaf leaf) {
    return switch (type) {
      case WHOLE -> whole(leaf);
      case REAL -> inRange(number(leaf), leaf).doubleValue();
      case FLAG -> flag(leaf);
      case TEXT, FILE -> text(leaf);
      case CHOICE -> choice(leaf);
    };
  }

  private long whole(Leaf leaf) {
    BigDecimal number = number(leaf);
    boolean fraction = number.signum() != 0 && number.stripTrailingZeros().scale() > 0;
    if (fraction) {
      throw refuse(leaf, "is not a whole number");
    }
    return inRange(number, leaf).longValueExact();
  }

  private BigDecimal number(Leaf leaf) {
    if (leaf.kind() != Leaf.Kind.NUMBER && leaf.kind() != Leaf.Kind.WORD) {
      throw refuse(leaf, "is not a number");
    }
    try {
      return new BigDecimal(leaf.text());
    } catch (NumberFormatException word) {
      throw refuse(leaf, "is not a number");
    }
  }

  private BigDecimal inRange(BigDecimal number, Leaf leaf) {
    if (number.compareTo(limits.min()) < 0 || number.compareTo(limits.max()) > 0) {
      throw leaf.refuse(leaf.text() + " is out of range; allowed: " + allowed());
    }
    return number;
  }

  private boolean flag(Leaf leaf) {
    boolean typed = leaf.kind() == Leaf.Kind.BOOLEAN || leaf.kind() == Leaf.Kind.WORD;
    if (!typed || !(leaf.text().equals("true") || leaf.text().equals("false"))) {
      throw refuse(leaf, "is neither true nor false");
    }
    return leaf.text().equals("true");
  }

  private String text(Leaf leaf) {
    if (!leaf.isText() || leaf.text().isBlank()) {
      throw refuse(leaf, "is not a text");
    }
    return leaf.text();
  }

  /** A choice is written in lower case, whatever it was given in. */
  private String choice(Leaf leaf) {
    String word = leaf.text().toLowerCase(Locale.ROOT);
    if (!leaf.isText() || !choices.contains(word)) {
      throw leaf.refuse(
          leaf.shown()
              + " is not allowed; allowed: "
              + allowed()
              + NearestName.hint(word, choices));
    }
    return word;
  }

  private RuntimeException refuse(Leaf leaf, String why) {
    return leaf.refuse(leaf.shown() + " " + why + "; allowed: " + allowed());
  }
}
