// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import static neupims.catalog.TestCatalog.CATALOG;
import static neupims.catalog.TestCatalog.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bad experiment file is refused with its name, the key path or line, and what is allowed. */
class BadFilesTest {
  private static final String WORKLOAD = "\"workload\":{\"source\":\"all-at-once\"}";

  @TempDir Path directory;

  private Path file(String name, String json) throws IOException {
    return Files.writeString(
        directory.resolve(name), json.replace('\'', '"').replace("WORKLOAD", WORKLOAD));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'tp':'4',WORKLOAD} | tp: \"4\" is not a number; allowed: a whole number from 1 to 1024",
        "{'tp':4.5,WORKLOAD} | tp: 4.5 is not a whole number",
        "{'tp':true,WORKLOAD} | tp: true is not a number",
        "{'tp':null,WORKLOAD} | tp: null is not a number",
        "{'tp':[4],WORKLOAD} | tp: […] is not a number",
        "{'tp':{'a':4},WORKLOAD} | tp.a: unknown key; allowed: system, model, tp,",
        "{'tp':{},WORKLOAD} | tp: {} is not a number",
        "{'batch':0,WORKLOAD} | batch: 0 is out of range; allowed: a whole number from 1 to",
        "{'model':7,WORKLOAD} | model: 7 is not an object; allowed: an object with keys of name,",
        "{'systm':'neupims',WORKLOAD} | systm: unknown key; allowed: system, && and beside them"
            + " name, description, sources, variants, swaps; did you mean \"system\"?",
        "{'memory':{'timing':{'rdc':15}},WORKLOAD} | memory.timing.rdc: unknown key &&"
            + " \"memory.timing.rcd\"",
        "{'memory':'hbm2','memory.name':'hbm2',WORKLOAD} | memory: given twice",
        "{'memory':{'timing':{'rcd':1}},'memory.timing.rcd':2,WORKLOAD} | memory.timing.rcd: key"
            + " given twice",
        "{'tp':4,'tp':8,WORKLOAD} | tp: key given twice",
        "{'memory':{'pim':{'blocked':true,'blocked':true}},WORKLOAD} | memory.pim.blocked: key"
            + " given twice",
        "{'name':'a/b',WORKLOAD} | name: \"a/b\" is not a name",
        "{'reference':{'vectorTimes':true},WORKLOAD} | reference.vectorTimes: unknown reference"
            + " option",
        "{'swaps':{},WORKLOAD} | swaps: expected an array such as",
        "{'swaps':[3],WORKLOAD} | swaps[0]: expected an object",
        "{'swaps':[{'atIteration':5}],WORKLOAD} | swaps[0]: names no policy; expected one or more"
            + " of scheduler, placement, split, estimator, compiler, router",
        "{'swaps':[{'scheduler':'orca'}],WORKLOAD} | swaps[0]: says not when; expected one of"
            + " atIteration and atSeconds",
        "{'swaps':[{'atIteration':5,'atSeconds':1,'scheduler':'orca'}],WORKLOAD} | swaps[0]: has"
            + " both atIteration and atSeconds",
        "{'swaps':[{'atIteration':-1,'scheduler':'orca'}],WORKLOAD} | swaps[0].atIteration: -1 is"
            + " out of range",
        "{'swaps':[{'atIteration':1.5,'scheduler':'orca'}],WORKLOAD} | swaps[0].atIteration: 1.5"
            + " is not a whole number",
        "{'swaps':[{'atSeconds':-1,'scheduler':'orca'}],WORKLOAD} | swaps[0].atSeconds: -1 is out"
            + " of range",
        "{'swaps':[{'atIteration':1,'npu-model':'systolic'}],WORKLOAD} | swaps[0].npu-model:"
            + " unknown key; allowed: atIteration, atSeconds,",
        "{'swaps':[{'atIteration':1,'scheduler':'orcc'}],WORKLOAD} | swaps[0].scheduler: unknown"
            + " scheduler \"orcc\" && did you mean \"orca\"?",
        "{'swaps':[{'atIteration':1,'scheduler':'orca','version':'0.9.0'}],WORKLOAD} |"
            + " swaps[0].version: scheduler orca is not there in version 0.9.0; there is fake"
            + " 1.0.0",
        "{'swaps':[{'atIteration':1,'scheduler':'orca','split':'none','version':'1.0.0'}],WORKLOAD}"
            + " | swaps[0].version: goes with one policy, not 2",
        "{'swaps':[{'atIteration':1,'scheduler':'orca','what':'swop'}],WORKLOAD} | swaps[0].what:"
            + " allowed: swap, && did you mean \"swap\"?",
        "{'swaps':[{'atIteration':1,'router':'round-robin'}],WORKLOAD} | swaps[0].router: there is"
            + " one replica and nothing to route",
        "{'variants':[{'name':'a','set':{'swaps':[{'atIteration':1,'scheduler':'x'}]}}],WORKLOAD} |"
            + " variants[0].set.swaps[0].scheduler: unknown scheduler",
        "{'fallback':{'scheduler':'x'},WORKLOAD} | fallback.scheduler: unknown scheduler",
        "{'recordedIn':3,WORKLOAD} | recordedIn: 3 is not the name of the directory",
        "{'recordedIn':'x','recordedWith':7,WORKLOAD} | recordedWith: expected what a recording",
        "{'swaps':[{'atIteration':1,'kept':'scheduler orca'}],WORKLOAD} | swaps[0].kept: scheduler",
        "{'swaps':[{'atIteration':1,'kept':'npu-model'}],WORKLOAD} | swaps[0].kept: npu-model:",
        "{'swaps':[{'atIteration':1,'kept':'npu-model x'}],WORKLOAD} | swaps[0].kept: unknown",
        "{'swaps':[{'atIteration':1,'kept':'npu-model systolic','split':'none'}],WORKLOAD} |"
            + " swaps[0].kept: npu-model systolic: goes with no policy",
        "{'workload':{'source':'all-at-once','rate':8}} | workload.rate: unknown key; allowed in"
            + " workload: source, dataset, requests",
        "{'tp':4} | workload: missing; expected an object such as",
        "{'variants':[],WORKLOAD} | variants: expected an array of at least one",
        "{'variants':{},WORKLOAD} | variants: expected an array of at least one",
        "{'variants':[3],WORKLOAD} | variants[0]: expected an object with the keys name and set",
        "{'variants':[{'set':{}}],WORKLOAD} | variants[0].name: missing; expected a text",
        "{'variants':[{'name':''}],WORKLOAD} | variants[0].name: \"\" is not one line of 1 to 80"
            + " characters",
        "{'variants':[{'name':'a','sets':{}}],WORKLOAD} | variants[0].sets: unknown key; allowed:"
            + " name, set; did you mean \"set\"?",
        "{'variants':[{'name':'a','set':3}],WORKLOAD} | variants[0].set: expected an object",
        "{'variants':[{'name':'a'},{'name':'a'}],WORKLOAD} | variants[1].name: \"a\" names another"
            + " variant too",
        "{'variants':[{'name':'a','set':{'tp':0}}],WORKLOAD} | variants[0].set.tp: 0 is out of"
            + " range",
        "{'variants':[{'name':'a','set':{'system':'npu'}}],WORKLOAD} | variants[0].set.system:"
            + " \"npu\" is not a known system",
        "{'sources':{'tp':4},WORKLOAD} | sources.tp: 4 is not a text",
        "{'description':4,WORKLOAD} | description: 4 is not a text",
        "[] | expected a JSON object",
        "~~ | is empty, expected a JSON object",
        "{WORKLOAD} {} | text after the end of the object",
        "{'tp':4 | line 1, column && the JSON ends too early",
        "{'tp':4,} | line 1, column && not JSON",
        "{tp:4} | line 1, column && not JSON",
        "{'tp':4 /* four */} | line 1, column && not JSON",
        "{'tp':NaN} | line 1, column && not JSON",
        "{'tp':04} | line 1, column && not JSON",
        "{'tp':1e99999999999} | tp: 1e99999999999 is beyond every number"
      })
  void aBadFileIsRefused(String json, String message) throws IOException {
    Path file = file("demo.json", json);
    String[] parts = message.split(" && ");
    parts[0] = file + ": " + parts[0];
    assertRefused(() -> CATALOG.experiment(file, List.of()), parts);
  }

  @Test
  void aSyntaxErrorSaysItsLine() throws IOException {
    Path file = file("demo.json", "{\n  'tp': 4\n  'pp': 1\n}\n");
    assertRefused(() -> CATALOG.experiment(file, List.of()), file + ": line 3, column ");
  }

  @Test
  void aFileThatIsNotThereIsRefusedWithTheNearestThatIs() throws IOException {
    file("demo.json", "{}");
    Path typo = directory.resolve("dmeo.json");
    assertRefused(
        () -> CATALOG.experiment(typo, List.of()),
        typo
            + ": no such file, expected an experiment as a JSON file; did you mean \"demo.json\"?");
  }

  @Test
  void aDirectoryIsRefused() {
    assertRefused(
        () -> CATALOG.experiment(directory, List.of()),
        directory + ": is a directory, expected an experiment as a JSON file");
  }
}
