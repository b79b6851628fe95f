// SPDX-License-Identifier: Apache-2.0
/** A GPU as a roofline: {@code Task -> KernelWork -> cycles}, summed over stages. */
package neupims.gpu.roofline;
