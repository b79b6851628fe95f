// SPDX-License-Identifier: Apache-2.0
/**
 * What a device answered, kept so that an interrupted run can go on: docs/adr/018 says why it is
 * this that is kept.
 *
 * <pre>
 * run:     program -> ProgramDigest -.
 *                     DeviceReport  -+-> Entry -> EntryCodec -> Frames -> file
 * resume:  file -> Frames -> EntryCodec -> Entry: same digest? -> DeviceReport
 * </pre>
 */
package neupims.engine.journal;
