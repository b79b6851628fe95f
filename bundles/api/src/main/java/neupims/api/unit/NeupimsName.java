// SPDX-License-Identifier: Apache-2.0
package neupims.api.unit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The name by which an experiment selects a plug-in: lower case words joined by hyphens, unique
 * within its kind. Becomes the service property {@value #PROPERTY}.
 */
@ComponentPropertyType
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface NeupimsName {
  /** The service property that this annotation sets. */
  String PROPERTY = "neupims.name";

  /** The plug-in's name. */
  String value();
}
