// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import neupims.api.run.BatchEntry;
import neupims.api.run.Catalog;
import neupims.api.run.CatalogKind;
import neupims.api.run.Plugin;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.Plugins;
import neupims.api.run.Setting;
import neupims.api.run.Simulation;
import neupims.api.run.StepResult;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.IterationPlan;
import neupims.api.unit.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;

/** Plug-ins by kind and name, as only a framework can show it. */
@ExtendWith(InContainer.class)
public class WiringIT {
  @Inject private BundleContext context;
  @Inject private Plugins plugins;
  @Inject private Catalog catalog;
  @Inject private Simulation simulation;

  @Test
  public void everyKindHasItsPlugins() {
    Map<String, List<String>> expected =
        Map.ofEntries(
            Map.entry("scheduler", List.of("orca", "sarathi", "shortest-first", "static", "vllm")),
            Map.entry("placement", List.of("least-kv", "min-load", "random", "round-robin")),
            Map.entry("split", List.of("auto", "balanced", "halves", "none", "ratio")),
            Map.entry("estimator", List.of("neupims")),
            Map.entry("compiler", List.of("interleaved", "npu-only", "offload")),
            Map.entry("npu-model", List.of("systolic")),
            Map.entry("memory-model", List.of("hbm2", "pim-neupims", "pim-newton")),
            Map.entry("device-model", List.of("gpu-roofline")),
            Map.entry("interconnect", List.of("fully-connected", "none", "ring")),
            Map.entry(
                "request-source",
                List.of("all-at-once", "constant-rate", "gamma", "poisson", "trace")),
            Map.entry("router", List.of("least-loaded", "round-robin")),
            Map.entry("report", List.of("json")));
    for (PluginKind<?> kind : PluginKind.all()) {
      List<String> names =
          plugins.list().stream()
              .filter(p -> p.kind().equals(kind.word()))
              .map(PluginInfo::name)
              .toList();
      assertTrue(names.containsAll(expected.get(kind.word())), kind.word() + ": " + names);
    }
  }

  @Test
  public void everyPluginSaysWhereItComesFromAndWhatItDoes() {
    for (PluginInfo plugin : plugins.list()) {
      assertTrue(plugin.bundle().startsWith("neupims."), plugin.toString());
      assertFalse(plugin.version().isBlank(), plugin.toString());
      assertFalse(plugin.description().isBlank(), plugin.toString());
    }
  }

  @Test
  public void buildsOfOneVersionAreToldApartByWhatIsInThem() throws BundleException {
    Bundle one = context.installBundle("one", DropIns.scheduler("twin", "1.0.0"));
    one.start();
    PluginInfo scheduler = plugins.select(PluginKind.SCHEDULER, "twin").info();
    String content = plugins.content(scheduler);
    assertTrue(content.matches("[0-9a-f]{8}"), content);
    one.update(DropIns.scheduler("twin", "1.0.0"));
    assertEquals(content, plugins.content(scheduler), "the same is the same");
    one.update(DropIns.link("twin", "1.0.0"));
    assertNotEquals(content, plugins.content(scheduler));
    one.uninstall();
    assertEquals("", plugins.content(scheduler));

    List<String> engine = plugins.engine();
    for (String bundle : List.of("neupims.api ", "neupims.dram ", "neupims.engine ")) {
      List<String> found = engine.stream().filter(text -> text.startsWith(bundle)).toList();
      assertEquals(1, found.size(), engine.toString());
      assertTrue(
          found.get(0).matches(bundle + "\\([0-9.]+, content [0-9a-f]{8}\\)"), found.toString());
    }
  }

  @Test
  public void aPluginIsSelectedByName() {
    Plugin<BatchScheduler> vllm = plugins.select(PluginKind.SCHEDULER, "vllm");
    assertEquals("neupims.batch-vllm", vllm.info().bundle());
    assertEquals("neupims.batch.vllm.VllmBatch", vllm.service().getClass().getName());
  }

  @Test
  public void anUnknownNameListsTheKnownOnesWithBundleAndVersionAndTheNearest() {
    String version = plugins.select(PluginKind.PLACEMENT, "min-load").info().version();
    InputException unknown =
        assertThrows(InputException.class, () -> plugins.select(PluginKind.PLACEMENT, "min-laod"));
    assertEquals(
        ("unknown placement \"min-laod\"; known: least-kv (neupims.placement-least-kv %1$s),"
                + " min-load (neupims.placement-min-load %1$s),"
                + " random (neupims.placement-random %1$s),"
                + " round-robin (neupims.placement-round-robin %1$s); did you mean \"min-load\"?")
            .formatted(version),
        unknown.getMessage());
  }

  @Test
  public void aServiceThatComesAndGoesIsThereOnlyInBetween() {
    BatchScheduler idle = state -> IterationPlan.IDLE;
    Dictionary<String, Object> properties = new Hashtable<>(Map.of("neupims.name", "idle"));
    ServiceRegistration<BatchScheduler> registration =
        context.registerService(BatchScheduler.class, idle, properties);
    assertSame(idle, plugins.select(PluginKind.SCHEDULER, "idle").service());
    registration.unregister();
    assertThrows(InputException.class, () -> plugins.select(PluginKind.SCHEDULER, "idle"));
  }

  @Test
  public void everySystemOfTheCatalogDecodesASmallBatch() {
    List<BatchEntry> batch = List.of(new BatchEntry(40, 0), new BatchEntry(70, 1));
    for (String system : catalog.names(CatalogKind.SYSTEM)) {
      StepResult result =
          simulation.step(catalog.variant(List.of(new Setting("system", system, "test"))), batch);
      assertEquals(system, result.variant().system().name());
      // The weights of a block cannot be read faster than the buses carry them.
      double floor =
          result.variant().shard().blockWeightBytes()
              / result.variant().system().peakBytesPerCycle();
      assertTrue(result.device().blockCycles() > floor, system);
    }
  }

  @Test
  public void aCompilerThatNeedsMoreThanTheDeviceHasIsRefusedBeforeCycleZero() {
    List<Setting> settings =
        List.of(
            new Setting("system", "npu-only", "test"),
            new Setting("compiler", "interleaved", "test"));
    InputException refusal =
        assertThrows(
            InputException.class,
            () -> simulation.step(catalog.variant(settings), List.of(new BatchEntry(40, 0))));
    assertTrue(refusal.getMessage().contains("compiler interleaved needs"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("memory hbm2"), refusal.getMessage());
  }
}
