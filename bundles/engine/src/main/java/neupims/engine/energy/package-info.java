// SPDX-License-Identifier: Apache-2.0
/**
 * What a simulation's work cost in joules: pure functions of counts and of the hardware's data.
 *
 * <pre>
 * MemorySpec.currents --&gt; CommandEnergy --.
 * PimSpec.energy -------------------------+--&gt; EnergyModel.of(Activity) --&gt; Energy
 * NpuSpec.energy -------------------------'
 * </pre>
 *
 * Formulas with every symbol, unit and source are in docs/ENERGY.md.
 */
package neupims.engine.energy;
