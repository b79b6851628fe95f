// SPDX-License-Identifier: Apache-2.0
/** Plug-ins, good and bad, that tests put into jars of their own. */
package neupims.itests.plugins;
