import type { Segment } from "#lib/contracts/segments.ts";
import { checkIndexesCommand, describeLogDirsCommand, dumpLogCommand } from "#lib/kafka-commands.ts";
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

const NAME_DIGITS = 20;

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
  const path = `${replica.access.logDir}/${replica.directory}/${segment.baseOffset.padStart(NAME_DIGITS, "0")}`;
  const which = segment.active ? "the active segment" : `segment ${segment.baseOffset}`;
  const indexes = indexesOf(segment).map((ending) => `${path}.${ending}`);
  return [
    { title: `Batches and records of ${which}, ${where}`, command: dumpLogCommand([`${path}.log`]) },
    ...(indexes.length > 0 ? [{ title: "Its indexes, checked", command: checkIndexesCommand(indexes) }] : []),
    sizes,
  ];
}

function indexesOf({ offsetIndex, timeIndex }: Segment): string[] {
  return [...(offsetIndex === null ? [] : ["index"]), ...(timeIndex === null ? [] : ["timeindex"])];
}
