// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.util.Arrays;

/**
 * Channels whose states have become the same are played once: they are a cohort, of which the first
 * one, its leader, is played and counts for all. What one of them is offered alone parts it from
 * the others, with a copy of the state.
 */
final class Cohorts {
  /** Cycles between two searches that cost little beside what they find: ASSUMED. */
  static final long INTERVAL = 500;

  private final Channel[] channels;
  private final boolean together;
  private final long interval;

  /** The leader of each channel's cohort. */
  private final int[] leaderOf;

  private final int[] leaders;
  private int count;

  private final long[] hash;
  private final Image[] image;
  private final boolean[] shown;
  private long searchAt;

  /**
   * All channels as one cohort.
   *
   * @param together whether channels may be played once; else each is a cohort of its own
   * @param interval cycles from one search for channels of the same state to the next at least
   */
  Cohorts(Channel[] channels, boolean together, long interval) {
    this.interval = interval;
    this.channels = channels;
    this.together = together;
    int all = channels.length;
    leaderOf = new int[all];
    leaders = new int[all];
    hash = new long[all];
    image = new Image[all];
    shown = new boolean[all];
    for (int c = 0; c < all; c++) {
      leaderOf[c] = together ? 0 : c;
      channels[c].log().follow(channels[leaderOf[c]].log());
    }
    listLeaders();
  }

  private void listLeaders() {
    count = 0;
    for (int c = 0; c < leaderOf.length; c++) {
      if (leaderOf[c] == c) {
        leaders[count++] = c;
      }
    }
    if (together) {
      for (int i = 0; i < count; i++) {
        channels[leaders[i]].standFor(size(leaders[i]));
      }
    }
  }

  private int size(int leader) {
    int size = 0;
    for (int of : leaderOf) {
      size += of == leader ? 1 : 0;
    }
    return size;
  }

  /** Cohorts. */
  int count() {
    return count;
  }

  /** The channel that is played for a cohort. */
  int leader(int cohort) {
    return leaders[cohort];
  }

  /** Parts channels of a cohort whose parts of a slot differ. */
  void part(SlotParts parts) {
    if (count == channels.length) {
      return;
    }
    boolean parted = false;
    for (int c = 0; c < channels.length; c++) {
      int leader = leaderOf[c];
      if (leader != c && !parts.isSame(c, leader)) {
        lead(c, parts);
        parted = true;
      }
    }
    if (parted) {
      listLeaders();
    }
  }

  /** A channel leads those of its cohort from here on that get the same as itself. */
  private void lead(int channel, SlotParts parts) {
    int leader = leaderOf[channel];
    leave(channel);
    for (int c = channel + 1; c < channels.length; c++) {
      if (leaderOf[c] == leader && c != leader && parts.isSame(c, channel)) {
        channels[c].log().catchUp(channels[leader].log());
        follow(c, channel);
      }
    }
  }

  private void leave(int channel) {
    Channel leader = channels[leaderOf[channel]];
    channels[channel].copyFrom(leader);
    channels[channel].log().catchUp(leader.log());
    leaderOf[channel] = channel;
  }

  private void follow(int channel, int leader) {
    leaderOf[channel] = leader;
    channels[channel].log().follow(channels[leader].log());
  }

  /** Makes a channel a cohort of its own. */
  void part(int channel) {
    if (leaderOf[channel] != channel) {
      leave(channel);
      listLeaders();
    } else if (size(channel) > 1) {
      handOver(channel);
      listLeaders();
    }
  }

  /** The next one of its cohort leads the others. */
  private void handOver(int leader) {
    int heir = -1;
    for (int c = 0; c < channels.length; c++) {
      if (leaderOf[c] == leader && c != leader) {
        if (heir < 0) {
          heir = c;
          leave(c);
        } else {
          channels[c].log().catchUp(channels[leader].log());
          follow(c, heir);
        }
      }
    }
  }

  /** Puts cohorts of the same state together, which have been advanced to the given cycle. */
  void join(long now) {
    if (!together || count == 1 || now < searchAt) {
      return;
    }
    searchAt = now + interval;
    int plain = 0;
    for (int i = 0; i < count; i++) {
      int leader = leaders[i];
      if (channels[leader].isPlain()) {
        hash[plain] = channels[leader].settle(now);
        leaders[plain++] = leader; // the others are listed again below
      }
    }
    Arrays.fill(shown, false);
    for (int i = 1; i < plain; i++) {
      for (int j = 0; j < i; j++) {
        if (hash[i] == hash[j]
            && leaderOf[leaders[j]] == leaders[j]
            && show(leaders[i], now).isSame(show(leaders[j], now))) {
          merge(leaders[i], leaders[j]);
          break;
        }
      }
    }
    listLeaders();
  }

  private Image show(int channel, long now) {
    if (image[channel] == null) {
      image[channel] = new Image();
    }
    if (!shown[channel]) {
      shown[channel] = true;
      image[channel].restart(now);
      channels[channel].show(image[channel]);
    }
    return image[channel];
  }

  private void merge(int leader, int into) {
    for (int c = 0; c < channels.length; c++) {
      if (leaderOf[c] == leader) {
        if (c != leader) {
          channels[c].log().catchUp(channels[leader].log());
        }
        follow(c, into);
      }
    }
  }

  /** Brings the counts of all channels up to date. */
  void catchUp() {
    for (int c = 0; c < channels.length; c++) {
      if (leaderOf[c] != c) {
        channels[c].log().catchUp(channels[leaderOf[c]].log());
      }
    }
  }
}
