// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A run under way. Every method may be called from any thread, also after the run's end. */
@ProviderType
public interface LiveRun {
  /** What runs. */
  Experiment experiment();

  /** How far each variant is, in the order of the experiment. */
  List<VariantStatus> status();

  /** Every variant rests from its next iteration boundary on. */
  void pause();

  /** Paused variants go on. */
  void resume();

  /** Every variant ends at its next event with what it has done, as interrupted. */
  void stop();

  /**
   * Has a policy take the place of another before the next iteration begins. It gets the values
   * that the experiment sets for it, or else the defaults that it declares.
   *
   * @param variant its name, null for all that have not ended
   * @param kind one of {@link PluginKind#live()}
   * @param name of the plug-in
   * @throws neupims.api.unit.InputException if the variant is unknown or over, the kind is bound
   *     for the run, the plug-in is unknown or wants a parameter that nobody has set, or a compiler
   *     needs what the device lacks; nothing is swapped then
   */
  void swap(String variant, PluginKind<?> kind, String name);

  /**
   * Waits for the end of all variants.
   *
   * @throws InterruptedException if the caller is interrupted; the run goes on
   */
  RunResult await() throws InterruptedException;
}
