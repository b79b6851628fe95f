// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import java.nio.file.Path;
import java.util.List;
import neupims.api.hw.NpuSpec;
import neupims.api.run.BatchEntry;
import neupims.api.run.Catalog;
import neupims.api.run.CatalogKind;
import neupims.api.run.Experiment;
import neupims.api.run.MemoryAlone;
import neupims.api.run.PaperExperiment;
import neupims.api.run.Plugins;
import neupims.api.run.Setting;
import neupims.api.run.Swap;
import neupims.api.run.Variant;
import neupims.catalog.item.BundleItems;
import neupims.catalog.item.CatalogFiles;
import neupims.catalog.item.MoreItems;
import neupims.catalog.resolve.Experiments;
import neupims.catalog.text.BatchCsv;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * The catalog of this bundle's data files, of those in plug-ins' jars and of files that users name.
 * Thread-safe.
 */
@Component(property = "service.description=models, hardware, systems and datasets as data files")
public final class CatalogOfFiles implements Catalog {
  private final CatalogFiles files;
  private final Experiments experiments;
  private final BundleItems bundles;

  /** Called by Declarative Services. */
  @Activate
  public CatalogOfFiles(BundleContext context, @Reference Plugins plugins) {
    bundles = new BundleItems(context);
    files = new CatalogFiles(bundles);
    experiments = new Experiments(files, plugins);
  }

  /** A catalog with these items beside its own. */
  CatalogOfFiles(MoreItems more, Plugins plugins) {
    bundles = null;
    files = new CatalogFiles(more);
    experiments = new Experiments(files, plugins);
  }

  /** Called by Declarative Services. */
  @Deactivate
  public void close() {
    bundles.close();
  }

  @Override
  public List<String> names(CatalogKind kind) {
    return files.names(kind);
  }

  @Override
  public Experiment experiment(Path experiment, List<Setting> settings) {
    return experiments.experiment(experiment, settings);
  }

  @Override
  public Experiment together(List<Path> experiments, List<Setting> settings) {
    return this.experiments.together(experiments, settings);
  }

  @Override
  public String recording(Experiment experiment, List<List<Swap>> swaps) {
    return Experiments.recording(experiment, swaps);
  }

  @Override
  public List<PaperExperiment> paperExperiments() {
    return experiments.papers();
  }

  @Override
  public Experiment paperExperiment(PaperExperiment paper, List<Setting> settings) {
    return experiments.paper(paper.name(), settings);
  }

  @Override
  public Variant variant(List<Setting> settings) {
    return experiments.variant(settings);
  }

  @Override
  public MemoryAlone memoryAlone(String name, List<Setting> settings) {
    return experiments.memory(name, settings);
  }

  @Override
  public NpuSpec npu(String name, List<Setting> settings) {
    return experiments.npu(name, settings);
  }

  @Override
  public List<BatchEntry> batch(Path csv) {
    return BatchCsv.read(csv);
  }
}
