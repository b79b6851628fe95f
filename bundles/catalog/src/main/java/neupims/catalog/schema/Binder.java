// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.schema;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import neupims.api.unit.InputException;
import neupims.api.unit.ParameterSpec;
import neupims.api.unit.Parameters;
import neupims.catalog.text.TextFile;
import neupims.catalog.value.Leaf;
import neupims.catalog.value.Values;

/** Makes records of values. */
public final class Binder {
  private final Schema schema;
  private final Values values;
  private final Function<String, String> owner;

  /**
   * A binder.
   *
   * @param schema the keys
   * @param values the values, of no other keys
   * @param owner for messages: who should have given a key path that is missing
   */
  public Binder(Schema schema, Values values, Function<String, String> owner) {
    this.schema = schema;
    this.values = values;
    this.owner = owner;
  }

  /**
   * The record at a prefix.
   *
   * @param type its class
   * @param prefix of its key paths, ends with a dot or is empty
   * @throws InputException if a value is missing, of the wrong type or out of range, or the record
   *     refuses the combination
   */
  public <T> T bind(Class<T> type, String prefix) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] arguments =
        Arrays.stream(components).map(c -> component(c, prefix + c.getName())).toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getConstructor(types).newInstance(arguments);
    } catch (InvocationTargetException refused) {
      throw combination(prefix, refused.getCause());
    } catch (ReflectiveOperationException hidden) {
      throw new IllegalStateException(type + " is not a public record", hidden);
    }
  }

  private Object component(RecordComponent component, String path) {
    Class<?> inner = Schema.recordOf(component);
    if (component.getType() == Parameters.class) {
      return parameters(path);
    } else if (Schema.isOptionalText(component)) {
      return values.get(path).map(leaf -> (String) value(path));
    } else if (component.getType() == Optional.class) {
      return Optional.of(path + ".").filter(values::anyUnder).map(p -> bind(inner, p));
    } else if (inner != null) {
      return bind(inner, path + ".");
    }
    Object value = value(path);
    if (component.getType().isEnum()) {
      return constant(component.getType(), (String) value);
    }
    return component.getType() == int.class ? Math.toIntExact((Long) value) : value;
  }

  /** The parameters at the path of a record component, none if nobody declares any. */
  public Parameters parameters(String component) {
    return schema.parametersAt(component).map(this::parameters).orElse(Parameters.NONE);
  }

  private Parameters parameters(ParameterKeys of) {
    Map<String, Object> all = new HashMap<>();
    for (ParameterSpec spec : of.specs()) {
      String path = of.prefix() + spec.name();
      if (spec.required() || values.get(path).isPresent()) {
        Object value = value(path);
        all.put(spec.name(), spec.type() == ParameterSpec.Type.FILE ? file(path, spec) : value);
      }
    }
    return new Parameters(all);
  }

  private Path file(String path, ParameterSpec spec) {
    Leaf leaf = values.get(path).orElseThrow();
    Path file = leaf.file();
    TextFile.requireFile(file, spec.description(), leaf.at() + ": ");
    return file;
  }

  private static Object constant(Class<?> type, String word) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.toString().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow();
  }

  /** The value at a key path, as {@link Key#value} gives it. */
  public Object value(String path) {
    Key key = schema.key(path).orElseThrow();
    Leaf leaf = values.get(path).orElseThrow(() -> missing(key));
    return key.value(leaf);
  }

  private InputException missing(Key key) {
    return new InputException(owner.apply(key.path()) + ": missing; expected " + key.allowed());
  }

  /** Every value may be right alone: whoever spoke last is named. */
  private InputException combination(String prefix, Throwable cause) {
    if (cause instanceof IllegalArgumentException) {
      return values.lastUnder(prefix).orElseThrow().refuse(cause.getMessage());
    }
    throw new IllegalStateException(prefix, cause);
  }
}
