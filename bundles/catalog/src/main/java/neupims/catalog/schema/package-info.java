// SPDX-License-Identifier: Apache-2.0
/**
 * Which keys there are and what they may hold: {@code record class + keys.json -> Schema}, and
 * {@code Schema + Values -> Binder -> record}. A record component is a key of the same name.
 */
package neupims.catalog.schema;
