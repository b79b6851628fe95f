// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/** How closely the device is simulated. */
public enum Fidelity {
  /** Every iteration command by command. */
  EXACT,
  /** By a model that is fitted from command-level simulations, see {@link DeviceFitter}. */
  FAST
}
