import { topicName } from "./contracts/kafka.ts";

/** Committed offsets as CSV, `topic,partition,offset`: what kafka-consumer-groups.sh writes with `--export` and takes with `--from-file`. */

/** More lines than this are not taken; as many partitions as are moved in one go. */
export const MAX_CSV_ROWS = 10_000;
/** More bad lines than this are not told one by one. */
export const MAX_CSV_PROBLEMS = 100;

export interface OffsetRow {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

/** As it was read, from a line, from 1. */
export interface ReadRow extends OffsetRow {
  readonly line: number;
}

/** What is wrong with a line, and what to do. */
export interface CsvProblem {
  /** From 1; null when it isn't about one line. */
  readonly line: number | null;
  readonly topic: string | null;
  readonly partition: number | null;
  readonly detail: string;
}

export interface ParsedOffsets {
  /** In the file's order; no partition twice. */
  readonly rows: readonly ReadRow[];
  readonly problems: readonly CsvProblem[];
}

const HEADER = ["topic", "partition", "offset"];
const INT64_MAX = 9_223_372_036_854_775_807n;
const MAX_PARTITION = 2_147_483_647;
const WHOLE_NUMBER = /^[+-]?\d+$/;
/** Of a field that is repeated in a problem. */
const MAX_QUOTED_CHARS = 80;

/** Without a header line, as Kafka's tool wants it. Names of topics never need quotes. */
export function formatOffsetsCsv(rows: Iterable<OffsetRow>): string {
  let text = "";
  for (const { topic, partition, offset } of rows) text += `${topic},${partition},${offset}\n`;
  return text;
}

/**
 * Takes what Kafka's tool exports, for one group or for several (`group,topic,partition,offset`), and what a person makes of it in an
 * editor or a spreadsheet: quoted fields, CRLF, a byte order mark, blank lines, spaces, a header. A line that can't be understood costs
 * only itself; two that contradict each other cost both.
 * @param group whose lines are wanted where lines name one
 */
export function parseOffsetsCsv(text: string, group: string): ParsedOffsets {
  const rows = new Map<string, ReadRow>();
  const contradicted = new Set<string>();
  const problems: CsvProblem[] = [];
  let untold = 0;
  const report = (problem: CsvProblem) => {
    if (problems.length < MAX_CSV_PROBLEMS) problems.push(problem);
    else untold++;
  };
  const lines = linesOf(text);
  let read = 0;
  for (const [index, content] of lines.entries()) {
    const line = index + 1;
    if (content.trim() === "") continue;
    const fields = fieldsOf(content);
    if (read === 0 && fields !== null && isHeader(fields)) continue;
    read++;
    if (read > MAX_CSV_ROWS) {
      const detail = `Only the first ${MAX_CSV_ROWS.toLocaleString("en")} lines were read, up to line ${line - 1}. Split the file, and apply one part after the other.`;
      report({ line, topic: null, partition: null, detail });
      break;
    }
    const row = rowOf(fields, group);
    if ("detail" in row) {
      report({ line, ...row });
      continue;
    }
    const key = `${row.topic}:${row.partition}`;
    const before = rows.get(key);
    if (before === undefined) {
      rows.set(key, { ...row, line });
    } else if (before.offset !== row.offset) {
      contradicted.add(key);
      const detail = `Line ${before.line} gives ${row.topic}-${row.partition} the offset ${before.offset}, this one ${row.offset}: neither is taken. Keep one of them.`;
      report({ line, topic: row.topic, partition: row.partition, detail });
    }
  }
  if (read === 0) {
    const detail = "The file holds no offsets. Each line is to be topic,partition,offset.";
    report({ line: null, topic: null, partition: null, detail });
  }
  if (untold > 0) {
    const detail = `${untold.toLocaleString("en")} more lines could not be taken. Mend those above, and plan again.`;
    problems.push({ line: null, topic: null, partition: null, detail });
  }
  for (const key of contradicted) rows.delete(key);
  return { rows: [...rows.values()], problems };
}

function linesOf(text: string): string[] {
  return text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
}

/** The fields of a line, without their quotes (RFC 4180, but no line breaks in them: no name of Kafka's has one); null: an open quote. */
function fieldsOf(line: string): string[] | null {
  const fields: string[] = [];
  for (let at = 0; ; at++) {
    while (line[at] === " " || line[at] === "\t") at++;
    if (line[at] === '"') {
      let value = "";
      for (at++; ; at++) {
        const next = line.indexOf('"', at);
        if (next < 0) return null;
        value += line.slice(at, next);
        at = next + 1;
        if (line[at] !== '"') break;
        value += '"';
      }
      const end = endOfField(line, at);
      // Text behind the closing quote belongs to the field, as spreadsheets read it; it makes the field a bad one.
      fields.push(value + line.slice(at, end).trimEnd());
      at = end;
    } else {
      const end = endOfField(line, at);
      fields.push(line.slice(at, end).trimEnd());
      at = end;
    }
    if (at >= line.length) return fields;
  }
}

function endOfField(line: string, from: number): number {
  const comma = line.indexOf(",", from);
  return comma < 0 ? line.length : comma;
}

function isHeader(fields: readonly string[]): boolean {
  const names = fields.map((field) => field.toLowerCase()).slice(-HEADER.length);
  return names.join() === HEADER.join();
}

type BadRow = Omit<CsvProblem, "line">;

function rowOf(fields: readonly string[] | null, group: string): OffsetRow | BadRow {
  const bad = (detail: string, topic: string | null = null): BadRow => ({ topic, partition: null, detail });
  if (fields === null) return bad("A quote is opened and never closed. Close it, or take it away.");
  if (fields.length !== 3 && fields.length !== 4) {
    const other = fields.length === 1 && /[;\t]/.test(fields[0] ?? "") ? " Separate them by commas." : "";
    const count = fields.length === 1 ? "1 field" : `${fields.length} fields`;
    return bad(`It has ${count}, where topic,partition,offset are wanted.${other}`);
  }
  const [topic = "", partitionText = "", offsetText = ""] = fields.slice(-3);
  if (fields.length === 4 && fields[0] !== group) {
    return bad(
      `It is about group ${shown(fields[0] ?? "")}, and was left out: this plan is of ${shown(group)}.`,
      topic,
    );
  }
  if (topic === "") return bad("The topic is missing.");
  if (!topicName.safeParse(topic).success) return bad(`${shown(topic)} is no name of a topic.`);
  if (!/^\d+$/.test(partitionText) || Number(partitionText) > MAX_PARTITION) {
    return bad(`${shown(partitionText)} is no partition: a whole number from 0 is wanted.`, topic);
  }
  const partition = Number(partitionText);
  if (!WHOLE_NUMBER.test(offsetText)) {
    const remedy = /^[\d.,]+e\+?\d+$/i.test(offsetText)
      ? " A spreadsheet rounded it: it has to be the whole number."
      : "";
    return { topic, partition, detail: `${shown(offsetText)} is no offset: a whole number is wanted.${remedy}` };
  }
  // Long digits cost quadratic time.
  const offset = offsetText.length > 30 ? INT64_MAX + 1n : BigInt(offsetText);
  if (offset > INT64_MAX || offset < -INT64_MAX - 1n) {
    return { topic, partition, detail: `${shown(offsetText)} is no offset: it is larger than any number of 64 bits.` };
  }
  return { topic, partition, offset };
}

function shown(field: string): string {
  return `"${field.length > MAX_QUOTED_CHARS ? `${field.slice(0, MAX_QUOTED_CHARS)}…` : field}"`;
}
