// SPDX-License-Identifier: Apache-2.0
/**
 * Projects for authors of plug-ins.
 *
 * <pre>
 * kind, name --&gt; Names: class, package --&gt; Template: resource files with their words replaced --&gt; folder
 * </pre>
 *
 * Templates are resources beside this package: what all kinds have in {@code common}, the rest in a
 * folder named after the kind. Their words {@code plugin-name}, {@code plugin-kind}, {@code
 * packagename}, {@code ClassName} and those in capitals are replaced, in names of files, too.
 */
package neupims.shell.project;
