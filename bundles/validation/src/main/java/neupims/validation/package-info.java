// SPDX-License-Identifier: Apache-2.0
/**
 * Reference figures as data ({@code *.csv} beside the classes, each with its origin) and the
 * comparison with them.
 */
package neupims.validation;
