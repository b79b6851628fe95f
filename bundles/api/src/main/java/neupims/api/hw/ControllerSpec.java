// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

/**
 * A channel's memory controller.
 *
 * @param readQueue transactions that wait to be dealt to the banks
 * @param writeQueue writes buffered before a drain
 * @param pimQueue PIM instructions of a channel that wait behind a shared front end, 0 for any
 *     number
 * @param bankQueue column commands that wait at one bank
 * @param rowHitCap hits that an open row may serve while another row of the bank waits
 * @param writeDrainIdle buffered writes over which a drain starts when the bank queues are empty
 * @param maxInFlight accesses of a channel under way at once, 0 for as many as the queues take
 * @param offersPerCycle accesses that reach a channel in a memory cycle
 * @param pimInstructionsPerCycle PIM instructions that the device's front end issues per cycle over
 *     all channels in channel order, 0 for one per cycle to every channel
 * @param arbitration which of the ready commands of reads and writes goes first
 */
public record ControllerSpec(
    int readQueue,
    int writeQueue,
    int pimQueue,
    int bankQueue,
    int rowHitCap,
    int writeDrainIdle,
    int maxInFlight,
    int offersPerCycle,
    int pimInstructionsPerCycle,
    Arbitration arbitration) {

  /** Which command goes first. */
  public enum Arbitration {
    /**
     * Reads and writes before activates and precharges, of each kind the one that has waited
     * longest at the banks: FR-FCFS (Rixner et al., ISCA 2000).
     */
    OLDEST_FIRST,
    /** The first that can go of the bank after the one served last, whatever it is. */
    ROUND_ROBIN
  }
}
