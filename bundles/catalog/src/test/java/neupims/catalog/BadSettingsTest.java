// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import static neupims.catalog.TestCatalog.CATALOG;
import static neupims.catalog.TestCatalog.assertRefused;
import static neupims.catalog.TestCatalog.set;
import static neupims.catalog.TestCatalog.variant;

import java.util.List;
import neupims.api.run.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bad setting is refused with the setting, the value, what is allowed and the nearest name. */
class BadSettingsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "memory.timing.rdc=15 | unknown key; allowed in memory.timing: burst, cl, cwl, rcd, |"
            + " did you mean \"memory.timing.rcd\"?",
        "timing.rcd=15 | unknown key; allowed: system, model, tp, | did you mean"
            + " \"memory.timing.rcd\"?",
        "memory.rcd=15 | unknown key; allowed in memory: name, model, clock, | did you mean"
            + " \"memory.timing.rcd\"?",
        "npu.parameters.preloadCycle=9 | allowed in npu.parameters: preloadCycles, drain | did you"
            + " mean \"npu.parameters.preloadCycles\"?",
        "exactness=full | unknown key; allowed: system, model, | measure",
        "workload.rate=8.0 | unknown key; allowed in workload: source, dataset, requests | =8.0",
        "system.memory=hbm2 | unknown key | allowed: system, model",
        "memory.timing=5 | \"5\" is not an object; allowed: an object with keys of burst, | rtrs",
        "memory.timing.rcd=fast | \"fast\" is not a number; allowed: a whole number from 1 to"
            + " 100000 memory cycles | (activate to read or write, same bank)",
        "memory.timing.rcd=1.5 | \"1.5\" is not a whole number; | from 1 to 100000",
        "memory.timing.rcd=0 | 0 is out of range; allowed: a whole number from 1 to | cycles",
        "memory.timing.rcd=99999999999999999999 | 99999999999999999999 is out of range; | 100000",
        "memory.timing.rcd=1e999999999 | is out of range; | 100000",
        "memory.timing.rcd=NaN | \"NaN\" is not a number; | 100000",
        "memory.timing.rcd= | \"\" is not a number; | 100000",
        "memory.pim.blocked=yes | \"yes\" is neither true nor false; allowed: true or false | mode",
        "npu.parameters.preloadCycles=5000 | 5000 is out of range; allowed: a whole number from 0"
            + " to 1000 | cycles of a preload",
        "npu.parameters.drain=1 | \"1\" is neither true nor false | drains the array",
        "system=neupim | \"neupim\" is not a known system; allowed: gpu-only, neupims,"
            + " neupims-serial, npu-only, npu-pim or a path that ends in .json | did you mean"
            + " \"neupims\"?",
        "model=gpt3-70b | \"gpt3-70b\" is not a known model; | did you mean \"gpt3-",
        "memory=HBM3 | \"HBM3\" is not a known memory; allowed: ddr5, | did you mean \"hbm3\"?",
        "memory=ddr7 | \"ddr7\" is not a known memory; | or a path that ends in .json",
        "memory=ddr7.json | ddr7.json: no such file, | expected a memory as a JSON file",
        "npu=systolik | is not a known npu; allowed: systolic | did you mean \"systolic\"?",
        "workload.dataset=shargpt | is not a known dataset; allowed: alpaca, sharegpt | did you"
            + " mean \"sharegpt\"?",
        "tp=3 | tp 3 does not divide gpt3-7b: it has 32 heads | 16384 feed-forward columns",
        "pp=33 | pp 33 is more than the 32 layers of gpt3-7b | pp",
        "model.heads=33 | heads (33) must divide the embedding (4096) | gpt3-7b",
        "compiler=offlod | unknown compiler \"offlod\" | did you mean \"offload\"?",
        "scheduler=ocra | unknown scheduler | did you mean \"orca\"",
        "fidelity=fats | \"fats\" is unknown | allowed: exact, fast; did you mean \"fast\"?",
        "prefill=mixd | \"mixd\" is unknown | allowed: none, separate, mixed, chunked",
        "prefillPool.routing=prefiled | \"prefiled\" is unknown | allowed: arrival, prefilled; did"
            + " you mean \"prefilled\"?",
        "prefillPool.shared=2 | \"2\" is neither true nor false | whether all replicas",
        "measure.mode=snapshot | is unknown | did you mean \"snapshots\"",
        "workload.source=poison | unknown request-source | \"poison\"",
        "workload.source=rated | workload.rate: missing; expected a number from 0.001 to 1000000 |"
            + " (requests a second)",
        "memory.model=hbm3 | unknown memory-model \"hbm3\" | did you mean",
        "npu.model=roofline | unknown npu-model | \"roofline\"",
        "reference=maybe | \"maybe\" is neither true nor false; | true or false",
        "reference.runingAddresses=true | unknown reference option; allowed here: attentionOutput,"
            + " | did you mean \"runningAddresses\"?",
        "reference.pimFrontEnd=true | unknown reference option; allowed here: | vectorSizeLost",
        "seed=-1 | -1 is out of range; allowed: a whole number from 0 to 9007199254740991 | seed",
        "name=../escape | \"../escape\" is not a name; allowed: 1 to 64 letters | digits"
      })
  void aBadSettingIsRefused(String setting, String problem, String more) {
    String pair = setting.strip();
    assertRefused(() -> variant(pair), "--set " + pair + ": ", problem.strip(), more.strip());
  }

  @Test
  void whatIsRoutedWhenThePromptIsDoneNeedsASharedPool() {
    assertRefused(
        () -> variant("prefill=separate", "replicas=2", "prefillPool.routing=prefilled"),
        "--set prefillPool.routing=prefilled: prefilled needs prefillPool.shared=true with 2",
        "allowed: arrival");
    variant("prefill=separate", "replicas=1", "prefillPool.routing=prefilled");
    variant("prefill=mixed", "replicas=2", "prefillPool.routing=prefilled");
  }

  @Test
  void anOptionIsNamedWithoutRepeatingItsKey() {
    List<Setting> settings = List.of(new Setting("model", "gpt4", "--model"));
    assertRefused(() -> CATALOG.variant(settings), "--model: \"gpt4\" is not a known model");
  }

  @Test
  void aPimOfAPlainMemoryMustBeWhole() {
    assertRefused(
        () -> variant("system=npu-only", "memory.pim.blocked=true"),
        "catalog/memories/hbm2.json: pim.dualRowBuffer: missing; expected true or false");
  }

  @Test
  void whatIsNoPartOfAMemoryIsRefusedForAMemoryAlone() {
    assertRefused(
        () -> CATALOG.memory("hbm2", set("batch=64")),
        "--set batch=64: unknown key; allowed: memory, checkTiming");
    assertRefused(
        () -> CATALOG.memory("hbm", List.of()), "--memory: \"hbm\" is not a known memory");
    assertRefused(() -> CATALOG.npu("hbm2", List.of()), "--npu: \"hbm2\" is not a known npu");
  }
}
