// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.KvLayout;
import neupims.api.hw.Organization;

/** The KV cache in the tiles that {@link TileLowering} walks, facts sec. 4. */
public final class TiledKvLayout implements KvLayout {
  private final TileShape shape;
  private final long tileBytes;

  /** A layout for such a memory. */
  public TiledKvLayout(Organization organization) {
    shape = new TileShape(organization);
    tileBytes = (long) organization.banks() * organization.rowBytes();
  }

  @Override
  public int keyPageTokens() {
    return shape.keyTokens();
  }

  @Override
  public int valuePageTokens() {
    return shape.valueTokens();
  }

  @Override
  public long keyTiles(int sequenceTokens, int heads, int headDim) {
    return shape.keyTiles(sequenceTokens, heads, headDim);
  }

  @Override
  public long valueTiles(int sequenceTokens, int heads, int headDim) {
    return shape.valueTiles(sequenceTokens, heads, headDim);
  }

  @Override
  public long tileBytes() {
    return tileBytes;
  }
}
