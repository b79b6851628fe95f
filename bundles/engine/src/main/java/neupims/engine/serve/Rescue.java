// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import neupims.api.run.PluginKind;

/** What becomes of a call that came to nothing. */
interface Rescue {
  /** Fails. */
  Rescue NONE =
      new Rescue() {
        @Override
        public boolean recorded(PluginKind<?> kind, long call) {
          return false;
        }

        @Override
        public void rescue(PluginKind<?> kind, long call, Object input, Trouble trouble) {
          throw new IllegalStateException(trouble.getMessage(), trouble);
        }
      };

  /**
   * Whether a recording says that this call is in trouble; then another policy has taken over.
   *
   * @param call calls of the kind before it since the last iteration began
   */
  boolean recorded(PluginKind<?> kind, long call);

  /**
   * Has another policy take over.
   *
   * @param input of the call
   * @throws IllegalStateException if there is none
   */
  void rescue(PluginKind<?> kind, long call, Object input, Trouble trouble);
}
