// SPDX-License-Identifier: Apache-2.0
/** The plug-ins that are registered, looked up by kind and name. */
package neupims.engine.plugins;
