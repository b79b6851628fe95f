// SPDX-License-Identifier: Apache-2.0
/**
 * The jars that users drop in: installed, replaced, removed, and explained in one line when they
 * cannot work.
 *
 * <pre>
 * jar ─ JarFault ─▶ install ─▶ resolve ─ Unresolved, Need ─▶ start ─▶ services ─ Offers, Components
 *          │                                   │                │          │
 *          └───────────────────────────────────┴────────────────┴──────────┴─▶ DropIn: faults, notes
 * </pre>
 */
package neupims.dropins;
