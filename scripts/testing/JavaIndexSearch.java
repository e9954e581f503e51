import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.storage.internals.log.AbstractIndex;
import org.apache.kafka.storage.internals.log.IndexEntry;
import org.apache.kafka.storage.internals.log.IndexSearchType;
import org.apache.kafka.storage.internals.log.OffsetIndex;
import org.apache.kafka.storage.internals.log.OffsetPosition;
import org.apache.kafka.storage.internals.log.TimeIndex;
import org.apache.kafka.storage.internals.log.TimestampOffset;

/**
 * Looks keys up in index files by the broker's own classes. Argument: a file with a look-up a line,
 * `offset or time|index file|its base offset|key`. Prints a line for each: the numbers of the entries that were read, in their
 * order, then `|` and the key and the value of what was found. The broker reads the entry that it found once more, as the last.
 */
class JavaIndexSearch {
  static final List<Integer> looked = new ArrayList<>();

  public static void main(String[] args) throws Exception {
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      String[] parts = line.split("\\|", -1);
      File file = new File(parts[1]);
      long base = Long.parseLong(parts[2]);
      long key = Long.parseLong(parts[3]);
      String found = parts[0].equals("offset") ? inOffsets(file, base, key) : inTimes(file, base, key);
      System.out.println(looked.stream().map(String::valueOf).collect(Collectors.joining(",")) + "|" + found);
    }
  }

  private static String inOffsets(File file, long base, long key) throws IOException {
    OffsetPosition found;
    try (OffsetIndex index = new OffsetIndex(file, base, -1, false)) {
      found = index.lookup(key);
    }
    try (RecordedOffsets index = new RecordedOffsets(file, base)) {
      looked.clear();
      index.lookUp(key);
      return found.offset() + "," + found.position();
    }
  }

  private static String inTimes(File file, long base, long key) throws IOException {
    try (TimeIndex index = new RecordedTimes(file, base)) {
      looked.clear();
      TimestampOffset found = index.lookup(key);
      return found.timestamp() + "," + found.offset();
    }
  }

  /** OffsetIndex is final: the same search, which is AbstractIndex's, in entries of the same form. */
  private static class RecordedOffsets extends AbstractIndex {
    RecordedOffsets(File file, long base) throws IOException {
      super(file, base, -1, false);
    }

    void lookUp(long key) {
      ByteBuffer buffer = mmap().duplicate();
      int slot = largestLowerBoundSlotFor(buffer, key, IndexSearchType.KEY);
      if (slot != -1) parseEntry(buffer, slot);
    }

    @Override
    protected int entrySize() {
      return 8;
    }

    @Override
    protected IndexEntry parseEntry(ByteBuffer buffer, int number) {
      looked.add(number);
      return new OffsetPosition(baseOffset() + buffer.getInt(number * 8), buffer.getInt(number * 8 + 4));
    }

    @Override
    public void sanityCheck() {}

    @Override
    protected void truncate() {}

    @Override
    public void truncateTo(long offset) {}
  }

  private static class RecordedTimes extends TimeIndex {
    RecordedTimes(File file, long base) throws IOException {
      super(file, base, -1, false);
    }

    @Override
    protected TimestampOffset parseEntry(ByteBuffer buffer, int number) {
      looked.add(number);
      return super.parseEntry(buffer, number);
    }
  }
}
