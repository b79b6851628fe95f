// SPDX-License-Identifier: Apache-2.0
package neupims.engine.journal;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.DataFormatException;
import neupims.api.metric.DeviceReport;
import neupims.api.program.Program;
import neupims.api.unit.InputException;

/**
 * The journal of one variant: first read to its end, if there is one, then written. Whatever ends
 * this process, what is lost is at most the work of a second and the iteration under way. Of a
 * journal that was cut short or damaged what comes before is used, and the rest written anew. For
 * one thread.
 */
public final class Journal implements AutoCloseable {
  /** What a killed run may lose at most, besides the iteration under way. ASSUMED */
  private static final long FLUSH_NANOS = 1_000_000_000;

  private final Path file;
  private final JournalHead head;
  private JournalHead was;
  private final Frames frames = new Frames();
  private final Numbers numbers = new Numbers();
  private DataInputStream in;
  private DataOutputStream out;
  private long whole;
  private long read;
  private boolean damaged;
  private long flushedNanos;

  private Journal(Path file, JournalHead head) {
    this.file = file;
    this.head = head;
  }

  /** Begins a journal; one that is there is replaced. */
  public static Journal begin(Path file, JournalHead head) throws IOException {
    Journal journal = new Journal(file, head);
    Files.createDirectories(file.getParent());
    journal.write(StandardOpenOption.CREATE);
    journal.append(head.bytes());
    journal.out.flush();
    return journal;
  }

  /**
   * Opens a journal to go on from; begins one if there is none.
   *
   * @throws InputException if it is not of this variant on this hardware
   */
  public static Journal resume(Path file, JournalHead head) throws IOException {
    if (Files.notExists(file)) {
      return begin(file, head);
    }
    Journal journal = new Journal(file, head);
    journal.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
    byte[] first = journal.next();
    if (first == null) {
      journal.close();
      throw new InputException(
          file + ": not a journal of a run; remove it to simulate the variant from its beginning");
    }
    journal.was = JournalHead.read(first, file);
    head.require(journal.was, file);
    return journal;
  }

  /**
   * What the device made of a program, if the journal still has it.
   *
   * @param program what is to run
   * @param iteration number of the iteration on its replica
   * @param replica whose it is, -1 for none
   * @throws InputException if another program ran at this point
   */
  public Optional<DeviceReport> replay(Program program, long iteration, int replica)
      throws IOException {
    byte[] piece = in == null ? null : next();
    if (piece == null) {
      return Optional.empty();
    }
    Entry entry = EntryCodec.read(new Numbers(piece));
    if (entry.digest() != ProgramDigest.of(program)
        || entry.iteration() != iteration
        || entry.replica() != replica) {
      throw head.diverged(was, file, entry, iteration, replica);
    }
    read++;
    return Optional.of(entry.report());
  }

  /** Keeps what the device made of a program. */
  public void keep(Program program, long iteration, int replica, DeviceReport report)
      throws IOException {
    if (out == null) {
      endReading();
      write(StandardOpenOption.WRITE);
    }
    numbers.clear();
    EntryCodec.write(new Entry(iteration, replica, ProgramDigest.of(program), report), numbers);
    append(numbers.written());
    long now = System.nanoTime();
    if (now - flushedNanos > FLUSH_NANOS) {
      out.flush();
      flushedNanos = now;
    }
  }

  /** Which policies are others than when it was written, in words; empty if none is. */
  public Optional<String> otherPolicies() {
    return was == null ? Optional.empty() : head.otherPolicies(was);
  }

  /** Programs that were answered from it. */
  public long replayed() {
    return read;
  }

  /** Whether what came behind those was of no use. */
  public boolean damaged() {
    return damaged;
  }

  /** The next piece, null at the end or where damage begins. */
  private byte[] next() throws IOException {
    int packedLength;
    try {
      packedLength = in.readInt();
    } catch (EOFException end) {
      damaged |= whole < Files.size(file);
      endReading();
      return null;
    }
    try {
      int length = in.readInt();
      int checksum = in.readInt();
      boolean possible =
          packedLength > 0
              && packedLength <= Frames.LONGEST
              && length > 0
              && length <= Frames.LONGEST;
      byte[] packed = possible ? in.readNBytes(packedLength) : new byte[0];
      if (packed.length == packedLength && Frames.checksum(packed) == checksum) {
        byte[] piece = frames.unpack(packed, length);
        whole += Frames.HEAD + packedLength;
        return piece;
      }
    } catch (EOFException | DataFormatException notWhole) {
      // As good as not written.
    }
    damaged = true;
    endReading();
    return null;
  }

  private void endReading() throws IOException {
    if (in != null) {
      in.close();
      in = null;
    }
  }

  private void write(StandardOpenOption how) throws IOException {
    FileChannel channel = FileChannel.open(file, how, StandardOpenOption.WRITE);
    channel.truncate(whole);
    channel.position(whole);
    out =
        new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
    flushedNanos = System.nanoTime();
  }

  private void append(byte[] piece) throws IOException {
    byte[] packed = frames.pack(piece);
    out.writeInt(packed.length);
    out.writeInt(piece.length);
    out.writeInt(Frames.checksum(packed));
    out.write(packed);
  }

  @Override
  public void close() throws IOException {
    frames.close();
    endReading();
    if (out != null) {
      out.close();
      out = null;
    }
  }
}
