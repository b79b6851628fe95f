// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import neupims.api.unit.InputException;

/** Strict JSON (RFC 8259) whose objects hold no key twice; syntax errors name line and column. */
public final class JsonText {
  private static final Pattern PLACE = Pattern.compile("line (\\d+) column (\\d+)");

  private final String where;
  private final JsonReader reader;

  private JsonText(String where, JsonReader reader) {
    this.where = where;
    this.reader = reader;
  }

  /**
   * The one object that a text holds.
   *
   * @param where the file, for messages
   * @param text the text
   * @throws InputException if it is not exactly one JSON object
   */
  public static JsonObject object(String where, String text) {
    if (text.isBlank()) {
      throw new InputException(where + ": is empty, expected a JSON object");
    }
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      return new JsonText(where, reader).document();
    } catch (IOException syntax) {
      throw new InputException(where + ": " + explain(syntax.getMessage()), syntax);
    }
  }

  private JsonObject document() throws IOException {
    if (reader.peek() != JsonToken.BEGIN_OBJECT) {
      throw new InputException(where + ": expected a JSON object, that is { … }");
    }
    JsonObject object = object();
    if (!atEnd()) {
      throw new InputException(where + ": text after the end of the object");
    }
    return object;
  }

  private boolean atEnd() throws IOException {
    try {
      return reader.peek() == JsonToken.END_DOCUMENT;
    } catch (MalformedJsonException more) {
      return false;
    }
  }

  private JsonElement value() throws IOException {
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> object();
      case BEGIN_ARRAY -> array();
      case STRING -> new JsonPrimitive(reader.nextString());
      case NUMBER -> new JsonPrimitive(number(reader.nextString()));
      case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
      default -> {
        reader.nextNull();
        yield JsonNull.INSTANCE;
      }
    };
  }

  private BigDecimal number(String digits) {
    try {
      return new BigDecimal(digits);
    } catch (NumberFormatException exponent) {
      throw new InputException(
          "%s: %s: %s is beyond every number".formatted(where, path(), digits), exponent);
    }
  }

  private String path() {
    return reader.getPath().substring("$.".length());
  }

  private JsonObject object() throws IOException {
    JsonObject object = new JsonObject();
    reader.beginObject();
    while (reader.hasNext()) {
      String key = reader.nextName();
      if (object.has(key)) {
        throw new InputException(where + ": " + path() + ": key given twice");
      }
      object.add(key, value());
    }
    reader.endObject();
    return object;
  }

  private JsonArray array() throws IOException {
    JsonArray array = new JsonArray();
    reader.beginArray();
    while (reader.hasNext()) {
      array.add(value());
    }
    reader.endArray();
    return array;
  }

  /** Gson's advice is for programmers; the reader of a file needs the place and what is wrong. */
  private static String explain(String message) {
    Matcher place = PLACE.matcher(message);
    String at = place.find() ? "line " + place.group(1) + ", column " + place.group(2) + ": " : "";
    if (message.startsWith("End of input") || message.startsWith("Unterminated")) {
      return at + "the JSON ends too early or a comma, quote or bracket is missing";
    }
    if (message.startsWith("Use JsonReader")) {
      return at + "not JSON; comments, trailing commas, single quotes and bare words are not";
    }
    int end = message.indexOf(" at line ");
    return at + "not JSON: " + (end < 0 ? message : message.substring(0, end));
  }
}
