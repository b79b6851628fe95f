// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import neupims.api.hw.AcceleratorSpec;

/**
 * A whole device and the model that simulates it.
 *
 * @param spec the device
 * @param model simulates it
 */
public record Accelerator(AcceleratorSpec spec, DeviceModel model) {}
