// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.KvLayout;
import neupims.api.hw.Organization;
import neupims.api.model.AttentionShape;

/** The KV cache in the tiles that {@link TileLowering} walks, facts sec. 4. */
public final class TiledKvLayout implements KvLayout {
  private final TileShape tiles;
  private final long tileBytes;

  /** A layout for such a memory. */
  public TiledKvLayout(Organization organization) {
    tiles = new TileShape(organization);
    tileBytes = (long) organization.banks() * organization.rowBytes();
  }

  @Override
  public int keyPageTokens(AttentionShape shape) {
    return tiles.keyTokens(shape);
  }

  @Override
  public int valuePageTokens(AttentionShape shape) {
    return tiles.valueTokens(shape);
  }

  @Override
  public long keyTiles(int sequenceTokens, AttentionShape shape) {
    return tiles.keyTiles(sequenceTokens, shape);
  }

  @Override
  public long valueTiles(int sequenceTokens, AttentionShape shape) {
    return tiles.valueTiles(sequenceTokens, shape);
  }

  @Override
  public long tileBytes() {
    return tileBytes;
  }
}
