// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipOutputStream;

/** One jar for everything that can be wrong with one, and what its author is told. */
final class BadJars {
  private BadJars() {}

  /** Writes all of them into a folder; file name to a part of the line about it. */
  static Map<String, String> writeTo(Path folder) throws IOException {
    Map<String, String> told = new LinkedHashMap<>();
    Path text = Files.writeString(folder.resolve("no-zip.jar"), "text");
    Files.setLastModifiedTime(text, FileTime.from(Instant.now().minusSeconds(60)));
    told.put("no-zip.jar", "is not a jar file (");
    new ZipOutputStream(Files.newOutputStream(folder.resolve("no-manifest.jar"))).close();
    told.put("no-manifest.jar", "is not a bundle: it has no META-INF/MANIFEST.MF");
    add(
        told,
        folder,
        "no-bundle",
        jar("x.plain").without("Bundle-SymbolicName"),
        "is not a bundle: its manifest has no Bundle-SymbolicName");
    add(
        told,
        folder,
        "missing-package",
        jar("x.lacks").header("Import-Package", "com.google.gson;version=\"[1,2)\""),
        "does not resolve: needs package com.google.gson [1.0.0,2.0.0); there is 2.15.0"
            + " (com.google.gson 2.15.0)");
    add(
        told,
        folder,
        "api-new",
        jar("x.future").header("Import-Package", "neupims.api.schedule;version=\"[9,10)\""),
        "it is built for a newer API; run it with a newer NeuPIMs Lab");
    add(
        told,
        folder,
        "api-old",
        jar("x.past").header("Import-Package", "neupims.api.schedule;version=\"[0.1,1)\""),
        "it is built for an older API; build it again");
    add(
        told,
        folder,
        "no-component",
        jar("x.idle").without("Service-Component"),
        "registers no plug-in: its manifest has no Service-Component");
    add(
        told,
        folder,
        "no-xml",
        jar("x.blank").withoutDescription(),
        "its manifest names the component description OSGI-INF/plugin.xml, which is not in it");
    add(
        told,
        folder,
        "unsatisfied",
        jar("x.waits").needs("java.util.concurrent.Executor"),
        "component x.waits.Policy waits for a service java.util.concurrent.Executor (its reference"
            + " need), which no bundle offers");
    add(
        told,
        folder,
        "no-name",
        jar("x.nameless").property("neupims.name", null),
        "its scheduler has no neupims.name");
    add(
        told,
        folder,
        "hidden",
        PluginJar.scheduler("x.rival", "orca"),
        "its scheduler orca is hidden by that of neupims.batch-orca 0.1.0, and the one that wins"
            + " was there first");
    add(
        told,
        folder,
        "throws",
        jar("x.throwing")
            .members("public Policy() { throw new IllegalStateException(\"no licence\"); }"),
        "cannot be made: java.lang.IllegalStateException: no licence");
    add(
        told,
        folder,
        "newer-java",
        jar("x.modern").compiledFor(60),
        "x.modern.Policy is compiled for Java 60 and this is Java " + Runtime.version().feature());
    jar("x.twin").writeTo(folder.resolve("first-of-two.jar"));
    add(
        told,
        folder,
        "second-of-two",
        jar("x.twin"),
        "is x.twin 1.0.0, and so is " + folder.resolve("first-of-two.jar"));
    return told;
  }

  private static PluginJar jar(String bundle) {
    return PluginJar.scheduler(bundle, "of-" + bundle.replace('.', '-'));
  }

  private static void add(
      Map<String, String> told, Path folder, String file, PluginJar jar, String line)
      throws IOException {
    jar.writeTo(folder.resolve(file + ".jar"));
    told.put(file + ".jar", line);
  }
}
