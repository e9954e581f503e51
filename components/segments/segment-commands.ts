import type { Segment } from "#lib/contracts/segments.ts";
import { checkIndexesCommand, describeLogDirsCommand, dumpLogCommand } from "#lib/kafka-commands.ts";
import { paddedOffset } from "./segment-files.ts";
import type { ReadableReplica } from "./shown-replica.ts";

interface Commands {
  readonly bootstrap: string;
  readonly topic: string;
  readonly brokers: readonly number[];
  /** Whose files are dumped; null when none can be read. */
  readonly replica: ReadableReplica | null;
  /** The base offset of the segment that is chosen; the active one without. */
  readonly selected: string | null;
}

/** What the page shows, with Kafka's own tools: sizes from anywhere, a segment's batches and indexes where its files are. */
export function segmentCommands({ bootstrap, topic, brokers, replica, selected }: Commands) {
  const sizes = {
    title: "Bytes of the topic on each of its brokers",
    command: describeLogDirsCommand(bootstrap, brokers, topic),
  };
  const { segments = [] } = replica ?? {};
  const segment = segments.find(({ baseOffset }) => baseOffset === selected) ?? segments.at(-1);
  if (replica === null || segment === undefined) return [sizes];
  const where = replica.access.from === "own" ? `on broker ${replica.brokerId}` : "as mounted here";
  const which = segment.active ? "the active segment" : `segment ${segment.baseOffset}`;
  const indexes = indexFiles(replica, segment);
  return [
    { title: `Batches and records of ${which}, ${where}`, command: dumpLogCommand([logFile(replica, segment)]) },
    ...(indexes.length > 0 ? [{ title: "Its indexes, checked", command: checkIndexesCommand(indexes) }] : []),
    sizes,
  ];
}

/** Its path, where the files are. */
function logFile(replica: ReadableReplica, segment: Segment): string {
  return `${pathOf(replica, segment)}.log`;
}

/** Those of its offset and time index, as far as they are there. */
function indexFiles(replica: ReadableReplica, segment: Segment): string[] {
  const path = pathOf(replica, segment);
  const { offsetIndex, timeIndex } = segment;
  return [...(offsetIndex === null ? [] : [`${path}.index`]), ...(timeIndex === null ? [] : [`${path}.timeindex`])];
}

function pathOf({ access, directory }: ReadableReplica, { baseOffset }: Segment): string {
  return `${access.logDir}/${directory}/${paddedOffset(baseOffset)}`;
}
