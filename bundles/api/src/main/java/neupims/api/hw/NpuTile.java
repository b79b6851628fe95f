// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

import java.util.Arrays;

/**
 * One tile of a plan: loads, steps and stores, as parallel arrays.
 *
 * <pre>
 * load slot  = bytes of an operand      offered in order as soon as the tile may load
 * step       = work of one unit         start = max(unit free + setup, needed loads done + fill,
 *                                                   needed step's result)
 *                                       unit free = start + interval
 *                                       result    = start + latency
 * store slot = bytes of the output      offered when its step's result is there
 * </pre>
 *
 * Steps of one unit run in order; the two units run independently of each other. Cycles are the
 * NPU's. Built by appending; not changed afterwards.
 */
public final class NpuTile {
  /**
   * In place of an input: the KV cache of the kernel's residents as one range of bytes, in the
   * kernel's order, K before V of each, {@code tokens x KV heads x headDim} values either.
   */
  public static final int KV_CACHE = -1;

  /** The unit that works on a step. */
  public enum Unit {
    MATRIX,
    VECTOR
  }

  private int loads;
  private int[] loadOperand = new int[16];
  private long[] loadOffset = new long[16];
  private int[] loadBytes = new int[16];

  private int steps;
  private Unit[] unit = new Unit[16];
  private int[] firstLoad = new int[16];
  private int[] secondLoad = new int[16];
  private int[] afterStep = new int[16];
  private long[] setup = new long[16];
  private long[] fill = new long[16];
  private long[] interval = new long[16];
  private long[] latency = new long[16];

  private int stores;
  private int[] storeStep = new int[16];
  private long[] storeOffset = new long[16];
  private int[] storeBytes = new int[16];

  /** Appends a load of an input and returns its slot. */
  public int load(int operand, long byteOffset, int bytes) {
    if (loads == loadBytes.length) {
      loadOperand = Arrays.copyOf(loadOperand, loads * 2);
      loadOffset = Arrays.copyOf(loadOffset, loads * 2);
      loadBytes = Arrays.copyOf(loadBytes, loads * 2);
    }
    loadOperand[loads] = operand;
    loadOffset[loads] = byteOffset;
    loadBytes[loads] = bytes;
    return loads++;
  }

  /**
   * Appends a step and returns its index.
   *
   * @param on unit that works
   * @param load1 load slot that must have arrived, or -1
   * @param load2 another one, or -1
   * @param after index of an earlier step whose result is needed, or -1
   * @param setupCycles from the unit being free to the start
   * @param fillCycles from the arrival of the loads to the start: what it takes to put operands in
   *     place when nothing hides that
   * @param intervalCycles from the start to the unit being free again
   * @param latencyCycles from the start to the result
   */
  public int step(
      Unit on,
      int load1,
      int load2,
      int after,
      long setupCycles,
      long fillCycles,
      long intervalCycles,
      long latencyCycles) {
    if (steps == unit.length) {
      growSteps(steps * 2);
    }
    unit[steps] = on;
    firstLoad[steps] = load1;
    secondLoad[steps] = load2;
    afterStep[steps] = after;
    setup[steps] = setupCycles;
    fill[steps] = fillCycles;
    interval[steps] = intervalCycles;
    latency[steps] = latencyCycles;
    return steps++;
  }

  /** Appends a store of the output that follows a step. Steps of stores do not decrease. */
  public void store(int step, long byteOffset, int bytes) {
    if (stores == storeBytes.length) {
      storeStep = Arrays.copyOf(storeStep, stores * 2);
      storeOffset = Arrays.copyOf(storeOffset, stores * 2);
      storeBytes = Arrays.copyOf(storeBytes, stores * 2);
    }
    storeStep[stores] = step;
    storeOffset[stores] = byteOffset;
    storeBytes[stores] = bytes;
    stores++;
  }

  /** Number of load slots. */
  public int loads() {
    return loads;
  }

  /** Input that a load slot reads, an index into the task's inputs, or {@link #KV_CACHE}. */
  public int loadOperand(int slot) {
    return loadOperand[slot];
  }

  /** Where in the input the slot begins. */
  public long loadOffset(int slot) {
    return loadOffset[slot];
  }

  /** Bytes of a load slot. */
  public int loadBytes(int slot) {
    return loadBytes[slot];
  }

  /** Number of steps. */
  public int steps() {
    return steps;
  }

  /** Unit of a step. */
  public Unit unit(int step) {
    return unit[step];
  }

  /** First load slot that a step needs, or -1. */
  public int firstLoad(int step) {
    return firstLoad[step];
  }

  /** Second load slot that a step needs, or -1. */
  public int secondLoad(int step) {
    return secondLoad[step];
  }

  /** Earlier step whose result a step needs, or -1. */
  public int afterStep(int step) {
    return afterStep[step];
  }

  /** Cycles from the unit being free to a step's start. */
  public long setup(int step) {
    return setup[step];
  }

  /** Cycles from a step's loads being there to its start. */
  public long fill(int step) {
    return fill[step];
  }

  /** Cycles from a step's start to its unit being free. */
  public long interval(int step) {
    return interval[step];
  }

  /** Cycles from a step's start to its result. */
  public long latency(int step) {
    return latency[step];
  }

  /** Number of store slots. */
  public int stores() {
    return stores;
  }

  /** Step whose result a store slot holds. */
  public int storeStep(int slot) {
    return storeStep[slot];
  }

  /** Where in the output the slot begins. */
  public long storeOffset(int slot) {
    return storeOffset[slot];
  }

  /** Bytes of a store slot. */
  public int storeBytes(int slot) {
    return storeBytes[slot];
  }

  private void growSteps(int room) {
    unit = Arrays.copyOf(unit, room);
    firstLoad = Arrays.copyOf(firstLoad, room);
    secondLoad = Arrays.copyOf(secondLoad, room);
    afterStep = Arrays.copyOf(afterStep, room);
    setup = Arrays.copyOf(setup, room);
    fill = Arrays.copyOf(fill, room);
    interval = Arrays.copyOf(interval, room);
    latency = Arrays.copyOf(latency, room);
  }
}
