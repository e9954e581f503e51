import type { RecordCursor } from "./record-cursor.ts";

/** A text that is looked for in keys, values, names and values of headers. */
export interface Needle {
  /** A batch's records come. */
  begin(records: Buffer): void;
  isIn(record: RecordCursor): boolean;
}

const NOT_ASCII = /[^\0-\x7f]/;
/** Matches no character. */
const NEVER = /(?!)/;
const NONE = Number.POSITIVE_INFINITY;

/** @param matchCase whether the case of letters counts */
export function makeNeedle(text: string, matchCase: boolean): Needle {
  return NOT_ASCII.test(text) ? new UnicodeNeedle(text, matchCase) : new AsciiNeedle(text, matchCase);
}

/**
 * Text of ASCII: a search through a whole batch at once, so that a record without it costs next to nothing. Also found as
 * JSON's encoders write it: quotes and line feeds after a backslash, or, where they fear for HTML, as \u003c.
 */
class AsciiNeedle implements Needle {
  readonly #matchCase: boolean;
  readonly #spellings: readonly string[];
  /** By spelling, the next place; -1: not looked for yet. */
  readonly #hits: number[];
  /** A character for each byte: places in it are places in the batch. */
  #haystack = "";

  constructor(text: string, matchCase: boolean) {
    this.#matchCase = matchCase;
    this.#spellings = spellingsOf(text).map((spelling) => (matchCase ? spelling : spelling.toLowerCase()));
    this.#hits = this.#spellings.map(() => -1);
  }

  begin(records: Buffer): void {
    // Lower case of Latin-1 has as many characters, and none of ASCII that had not been ASCII.
    const text = records.toString("latin1");
    this.#haystack = this.#matchCase ? text : text.toLowerCase();
    this.#hits.fill(-1);
  }

  isIn(record: RecordCursor): boolean {
    for (let index = 0; index < this.#spellings.length; index += 1) {
      const spelling = this.#spellings[index] as string;
      let hit = this.#hits[index] as number;
      if (hit < record.start) hit = this.#find(spelling, record.start);
      while (hit < record.end && !isInOneField(record, hit, hit + spelling.length)) hit = this.#find(spelling, hit + 1);
      this.#hits[index] = hit;
      if (hit < record.end) return true;
    }
    return false;
  }

  #find(spelling: string, from: number): number {
    const hit = this.#haystack.indexOf(spelling, from);
    return hit === -1 ? NONE : hit;
  }
}

/** Other text: what is read is turned into characters, JSON's \u escapes too. */
class UnicodeNeedle implements Needle {
  readonly #matchCase: boolean;
  readonly #text: string;
  #possible = false;

  constructor(text: string, matchCase: boolean) {
    this.#matchCase = matchCase;
    this.#text = this.#fold(text);
  }

  begin(records: Buffer): void {
    // Over the whole batch, lengths and other numbers included: finds too much rather than too little.
    const text = records.toString("utf8");
    this.#possible = text.includes("\\") || this.#fold(text).includes(this.#text);
  }

  isIn(record: RecordCursor): boolean {
    if (!this.#possible) return false;
    const { bytes } = record;
    const has = (start: number, end: number) =>
      end - start > 0 && start >= 0 && this.#isInText(bytes.toString("utf8", start, end));
    return (
      has(record.valueStart, record.valueEnd) ||
      has(record.keyStart, record.keyEnd) ||
      record.someHeader((name, nameEnd, value, valueEnd) => has(name, nameEnd) || has(value, valueEnd))
    );
  }

  #isInText(text: string): boolean {
    if (this.#fold(text).includes(this.#text)) return true;
    if (!text.includes("\\")) return false;
    const plain = text.replace(ESCAPE, (_, digits?: string, letter = "") =>
      digits === undefined ? (escaped[letter] ?? letter) : String.fromCharCode(Number.parseInt(digits, 16)),
    );
    return this.#fold(plain).includes(this.#text);
  }

  #fold(text: string): string {
    // A sigma at the end of a word is another letter only in lower case.
    return this.#matchCase ? text : text.toLowerCase().replaceAll("ς", "σ");
  }
}

const ESCAPE = /\\(?:u([0-9a-f]{4})|(["\\/bfnrt]))/gi;
const escaped: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** Within the key, the value, or a header's name or value: not across two of them. */
function isInOneField(record: RecordCursor, start: number, end: number): boolean {
  if (start >= record.valueStart && end <= record.valueEnd && record.valueStart >= 0) return true;
  if (start >= record.keyStart && end <= record.keyEnd && record.keyStart >= 0) return true;
  return (
    end > record.headersStart &&
    record.someHeader(
      (name, nameEnd, value, valueEnd) =>
        (start >= name && end <= nameEnd) || (value >= 0 && start >= value && end <= valueEnd),
    )
  );
}

/** As it is, and as encoders of JSON write it: most escape only what they must, some whatever HTML knows. */
function spellingsOf(text: string): readonly string[] {
  return [
    ...new Set([
      text,
      inJson(text, NEVER, "lower"),
      // PHP.
      inJson(text, NEVER, "lower").replaceAll("/", "\\/"),
      // Go.
      inJson(text, /[<>&]/, "lower"),
      // .NET.
      inJson(text, /["&'+<>`\x7f]/, "upper"),
    ]),
  ];
}

/** @param coded characters that are written as \u and four digits */
function inJson(text: string, coded: RegExp, digits: "lower" | "upper"): string {
  return Array.from(text, (character) => {
    if (!coded.test(character)) return JSON.stringify(character).slice(1, -1);
    const hex = character.charCodeAt(0).toString(16).padStart(4, "0");
    return `\\u${digits === "upper" ? hex.toUpperCase() : hex}`;
  }).join("");
}
