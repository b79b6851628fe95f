// SPDX-License-Identifier: Apache-2.0
/** Models, NPUs, memories, systems and datasets: {@code name or file -> Library -> Item}. */
package neupims.catalog.item;
