// SPDX-License-Identifier: Apache-2.0
/** Values by key path, each with who gave it: {@code JSON object, settings -> Values of Leaf}. */
package neupims.catalog.value;
