// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import static neupims.catalog.TestCatalog.CATALOG;
import static neupims.catalog.TestCatalog.assertRefused;
import static neupims.catalog.TestCatalog.onlyVariant;
import static neupims.catalog.TestCatalog.origin;
import static neupims.catalog.TestCatalog.variant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import neupims.api.run.Variant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A new DRAM, model, NPU, system or dataset is a file. */
class UserFilesTest {
  @TempDir Path directory;
  private Path experiment;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectory(directory.resolve("parts"));
    file("parts/fast.json", "{'base':'pim-neupims','timing':{'rcd':11}}");
    file("parts/mine.json", "{'base':'neupims','memory':'fast.json','placement':'round-robin'}");
    experiment =
        file("exp.json", "{'system':'parts/mine.json','workload':{'source':'all-at-once'}}");
  }

  private Path file(String name, String json) throws IOException {
    return Files.writeString(directory.resolve(name), json.replace('\'', '"'));
  }

  @Test
  void filesNameEachOtherRelativeToThemselves() {
    Variant variant = onlyVariant(experiment);
    assertEquals("parts/mine.json", variant.name());
    assertEquals("fast.json", variant.system().memory().name());
    assertEquals(11, variant.system().memory().timing().rcd());
    assertEquals(14, variant.system().memory().timing().rp());
    assertEquals("round-robin", variant.system().placement());
    assertEquals("interleaved", variant.system().compiler());
    assertEquals(
        directory.resolve("parts/fast.json").toString(), origin(variant, "memory.timing.rcd"));
  }

  @Test
  void aSettingNamesAFileRelativeToTheCaller() {
    String path = directory.resolve("parts/fast.json").toString();
    assertEquals(11, variant("memory=" + path).system().memory().timing().rcd());
    assertEquals(11, CATALOG.memory(path, List.of()).timing().rcd());
  }

  @Test
  void aFileInheritsTheReferenceOptionsOfItsBase() {
    assertEquals(5, onlyVariant(experiment, "reference=true").system().memory().timing().rtpL());
  }

  @Test
  void aModelIsAFileAndSpreadsOverOneDeviceUnlessItSaysMore() throws IOException {
    Path model =
        file(
            "small.json",
            "{'layers':2,'heads':4,'embedding':256,'feedForward':1024,'vocabulary':100,"
                + "'maxPositions':128}");
    Variant variant = variant("model=" + model);
    assertEquals(64, variant.shard().model().headDim());
    assertEquals(1, variant.shard().parallelism().tensor());
  }

  @Test
  void aDatasetIsAFile() throws IOException {
    Path dataset =
        file(
            "two.json",
            "{'probability':[0,1],'promptTokens':[5,5],'outputTokens':[7,7],'sources':{}}");
    Variant variant = variant("workload.dataset=" + dataset);
    assertEquals(dataset.toString(), variant.workload().lengths().orElseThrow().name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'base':'hbm2','timing':{'rdc':1}} | timing.rdc: unknown key; | did you mean"
            + " \"timing.rcd\"?",
        "{'base':'hbm2','timing':{'rcd':'x'}} | timing.rcd: \"x\" is not a number | 1 to 100000",
        "{'base':'hbm9'} | base: \"hbm9\" is not a known memory | did you mean \"hbm2\"?",
        "{'base':'bad.json'} | base: goes round in circles: | bad.json > ",
        "{'base':3} | base: 3 is not a text | text",
        "{'base':'hbm2','name':'x'} | name: not allowed: an item is called what its file is |"
            + " called",
        "{'model':'hbm2'} | clock.hertz: missing; expected a whole number from 1 to | Hz (command",
        "{'base':'hbm2','reference':{'a':3}} | reference.a: an option is an object with | set",
        "{'base':'hbm2','reference':{'a':{'sets':{}}}} | reference.a.sets: an option has the | set",
        "{'base':'hbm2','reference':true} | reference: true is not an object of options | options",
        "{'base':'hbm2','sources':3} | sources: 3 is not an object of key paths and texts | 3",
        "{'base':'hbm2','model':'hbm9'} | model: unknown memory-model \"hbm9\" | did you mean"
      })
  void aBadMemoryFileIsRefused(String json, String message, String more) throws IOException {
    Path file = file("bad.json", json);
    assertRefused(() -> variant("memory=" + file), "bad.json: " + message, more);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'base':'neupims','bach':3} | bach: not a key of a system; allowed: base, | split",
        "{'base':'neupims','memroy':'x'} | memroy: not a key of a system; | did you mean"
            + " \"memory\"?",
        "{'npu':'systolic','memory':'hbm2'} | device.runningAddresses: missing; expected true |"
            + " false",
        "{'memory':'hbm2'} | npu.name: missing; expected a npu | npu"
      })
  void aBadSystemFileIsRefused(String json, String message, String more) throws IOException {
    Path file = file("bad.json", json);
    assertRefused(() -> variant("system=" + file), file + ": " + message, more);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'probability':[0,1],'promptTokens':[5,5]} | outputTokens: missing; expected an array",
        "{'probability':[0,1],'promptTokens':[5,'x'],'outputTokens':[7,7]} | promptTokens[1]: \"x\""
            + " is not",
        "{'probability':[0,1],'promptTokens':[5,-1],'outputTokens':[7,7]} | promptTokens[1]: -1 is"
            + " not",
        "{'probability':[0,1],'promptTokens':[5,4],'outputTokens':[7,7]} | quantiles must ascend",
        "{'probability':[0,0.5],'promptTokens':[5,5],'outputTokens':[7,7]} | quantiles must span 0"
            + " to 1",
        "{'probability':[0,1],'promptTokens':[5],'outputTokens':[7,7]} | quantile arrays differ in"
            + " length",
        "{'probability':[0,1],'promptTokens':[5,5],'outputTokens':[7,7],'means':3} | means: unknown"
            + " key; allowed: measured"
      })
  void aBadDatasetFileIsRefused(String json, String message) throws IOException {
    Path file = file("bad.json", json);
    assertRefused(() -> variant("workload.dataset=" + file), file + ": ", message);
  }

  @Test
  void aMissingFileIsRefusedWithWhoNamesIt() throws IOException {
    Path wrong = file("wrong.json", "{'memory':'fats.json','workload':{'requests':9}}");
    assertRefused(
        () -> CATALOG.experiment(wrong, List.of()),
        wrong + ": memory: " + directory.resolve("fats.json") + ": no such file");
    assertTrue(Files.exists(wrong));
  }
}
