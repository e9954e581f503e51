/** Where a tail goes on, by topic id and partition: the next offset to read. */
export interface TailCursor {
  readonly topics: readonly CursorTopic[];
}
export interface CursorTopic {
  readonly name: string;
  readonly topicId: string;
  /**
   * How many partitions it had when the tail began; 0 when it came later. Those below that `next` doesn't name could not be
   * read yet, and begin as the tail began; those from there on are new, and begin at their beginning.
   */
  readonly partitions: number;
  /** By partition, the next offset, as decimal text. */
  readonly next: ReadonlyMap<number, string>;
}

/** 20,000 partitions and more. */
export const MAX_CURSOR_LENGTH = 900_000;
/** Node refuses headers over 16 KB; proxies, less. */
export const MAX_CURSOR_HEADER_LENGTH = 8_192;

/** Of a tail that has no topic yet. */
const NO_TOPICS = "-";
const TOPIC = /^([a-zA-Z0-9._-]{1,249})=([A-Za-z0-9_-]{22})\*(0|[1-9]\d{0,9}):(.*)$/;
const POSITION = /^(0|[1-9]\d{0,9})@(0|[1-9]\d{0,18})$/;
const INT32_MAX = 2_147_483_647;
const INT64_MAX = 9_223_372_036_854_775_807n;

/**
 * A cursor as text: `orders=<topic id>*6:0@991,1@22;payments=<topic id>*1:0@7`, with the topics' numbers of partitions; `-`
 * while there is no topic. Topic names hold none of the five separators.
 */
export function formatCursor({ topics }: TailCursor): string {
  if (topics.length === 0) return NO_TOPICS;
  return topics
    .map(({ name, topicId, partitions, next }) => {
      const positions = [...next].map(([partition, offset]) => `${partition}@${offset}`);
      return `${name}=${topicId}*${partitions}:${positions.join(",")}`;
    })
    .join(";");
}

/** @throws {RangeError} in words for the person whose cursor it is */
export function parseCursor(text: string): TailCursor {
  if (text === NO_TOPICS) return { topics: [] };
  const topics = text.split(";").map((part): CursorTopic => {
    const [, name, topicId, partitions, positions] = TOPIC.exec(part) ?? [];
    if (name === undefined || topicId === undefined || positions === undefined) throw notACursor();
    if (Number(partitions) > INT32_MAX) throw notACursor();
    const next = new Map(positions === "" ? [] : positions.split(",").map(parsePosition));
    return { name, topicId, partitions: Number(partitions), next };
  });
  return { topics };
}

function parsePosition(text: string): [number, string] {
  const [, partition, offset] = POSITION.exec(text) ?? [];
  if (partition === undefined || offset === undefined) throw notACursor();
  if (Number(partition) > INT32_MAX || BigInt(offset) > INT64_MAX) throw notACursor();
  return [Number(partition), offset];
}

function notACursor(): RangeError {
  return new RangeError("not a cursor of a tail: start the tail anew, without it");
}
