/**
 * JSON as it was written. `JSON.parse` rounds int64, keeps one of two equal keys and moves keys that look like numbers;
 * here every value is a stretch of the text, in its order, twice where it stands twice.
 */

export const jsonKinds = ["object", "array", "string", "number", "true", "false", "null"] as const;
export type JsonKind = (typeof jsonKinds)[number];

/** Values in the order of the text, by number; 0 is the whole. Columns, at least `count` long, rather than an object a value. */
export interface JsonOutline {
  readonly text: string;
  readonly count: number;
  readonly kinds: readonly JsonKind[];
  /** Where a value begins and ends (exclusive) in `text`. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Where its name begins and ends in `text`, quotes included; -1 without a name. */
  readonly keyStarts: Int32Array;
  readonly keyEnds: Int32Array;
  readonly depths: Int32Array;
  /** The object or array it stands in; -1 for the whole. */
  readonly parents: Int32Array;
  /** Its place there, from 0. */
  readonly places: Int32Array;
  /** How many stand directly in it. */
  readonly sizes: Int32Array;
  /** The first value behind all that stands in it. */
  readonly nexts: Int32Array;
  /** Values whose name stood in the same object before. */
  readonly repeated: ReadonlySet<number>;
}

/** Where the text stops being JSON. */
export class JsonTextError extends Error {
  /** In UTF-16 units from the beginning; from 1 for people. */
  readonly position: number;
  readonly line: number;
  readonly column: number;

  constructor(text: string, position: number, expected: string) {
    const before = text.slice(0, position);
    const line = before.split("\n").length;
    const column = position - before.lastIndexOf("\n");
    const found = position < text.length ? `not ${quoteStart(text, position)}` : "but the text ends";
    super(`line ${line}, column ${column}: ${expected} is expected, ${found}`);
    this.name = "JsonTextError";
    this.position = position;
    this.line = line;
    this.column = column;
  }
}

function quoteStart(text: string, position: number): string {
  const character = String.fromCodePoint(text.codePointAt(position) ?? 0);
  return /^[\p{C}\p{Z}]$/u.test(character)
    ? `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`
    : `“${character}”`;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Control characters can't stand in a string, nor can the end of the text (NaN). */
const FIRST_PLAIN = 0x20;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const WORDS = { t: "true", f: "false", n: "null" } as const;

/**
 * RFC 8259, without recursion: no depth is too deep.
 * @throws {JsonTextError} where the text isn't JSON
 */
export function outlineJson(text: string): JsonOutline {
  const most = mostValues(text);
  const kinds: JsonKind[] = [];
  const starts = new Int32Array(most);
  const ends = new Int32Array(most);
  const keyStarts = new Int32Array(most);
  const keyEnds = new Int32Array(most);
  const depths = new Int32Array(most);
  const parents = new Int32Array(most);
  const places = new Int32Array(most);
  const sizes = new Int32Array(most);
  const nexts = new Int32Array(most);
  const repeated = new Set<number>();
  /** Names seen in the objects that are open, by their depth. */
  const names: (Set<string> | null)[] = [];
  let at = 0;
  let parent = -1;
  let depth = 0;

  const skipWhite = () => {
    for (let code = text.charCodeAt(at); code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09; ) {
      code = text.charCodeAt(++at);
    }
  };
  const readString = (what: string): number => {
    if (text[at] !== '"') throw new JsonTextError(text, at, what);
    for (let end = at + 1; ; ) {
      const code = text.charCodeAt(end);
      if (code === QUOTE) return end + 1;
      if (code === BACKSLASH) {
        ESCAPE.lastIndex = end;
        if (!ESCAPE.test(text)) throw new JsonTextError(text, end, "an escape that JSON has");
        end = ESCAPE.lastIndex;
      } else if (code >= FIRST_PLAIN) end++;
      else throw new JsonTextError(text, end, "the string's closing quote");
    }
  };
  const open = (kind: JsonKind, keyStart: number, keyEnd: number): number => {
    const node = kinds.length;
    kinds.push(kind);
    starts[node] = at;
    keyStarts[node] = keyStart;
    keyEnds[node] = keyEnd;
    depths[node] = depth;
    parents[node] = parent;
    nexts[node] = node + 1;
    if (parent !== -1) {
      const place = sizes[parent] ?? 0;
      places[node] = place;
      sizes[parent] = place + 1;
    }
    return node;
  };
  /** One value; of an object or array only its beginning. */
  const beginValue = (keyStart: number, keyEnd: number): void => {
    const first = text[at];
    if (first === "{" || first === "[") {
      const node = open(first === "{" ? "object" : "array", keyStart, keyEnd);
      at++;
      parent = node;
      depth++;
      names[depth] = null;
      return;
    }
    if (first === '"') {
      const end = readString("a value");
      const node = open("string", keyStart, keyEnd);
      ends[node] = at = end;
      return;
    }
    const word = first === "t" || first === "f" || first === "n" ? WORDS[first] : null;
    if (word !== null && text.startsWith(word, at)) {
      const node = open(word, keyStart, keyEnd);
      ends[node] = at = at + word.length;
      return;
    }
    NUMBER.lastIndex = at;
    if (!NUMBER.test(text)) throw new JsonTextError(text, at, word ?? "a value");
    const node = open("number", keyStart, keyEnd);
    ends[node] = at = NUMBER.lastIndex;
  };
  const beginMember = (what: string): void => {
    skipWhite();
    const keyStart = at;
    const keyEnd = readString(what);
    at = keyEnd;
    noteName(keyStart, keyEnd);
    skipWhite();
    if (text[at] !== ":") throw new JsonTextError(text, at, "“:”");
    at++;
    skipWhite();
    beginValue(keyStart, keyEnd);
  };
  const noteName = (keyStart: number, keyEnd: number): void => {
    const name = unquoteJson(text.slice(keyStart, keyEnd));
    const known = names[depth] ?? new Set();
    names[depth] = known;
    if (known.has(name)) repeated.add(kinds.length);
    known.add(name);
  };
  const beginChild = (isObject: boolean, what: string): void => {
    if (isObject) {
      beginMember(what);
      return;
    }
    skipWhite();
    beginValue(-1, -1);
  };

  skipWhite();
  beginValue(-1, -1);
  while (parent !== -1) {
    const isObject = kinds[parent] === "object";
    const closing = isObject ? "}" : "]";
    skipWhite();
    const isFirst = (sizes[parent] ?? 0) === 0;
    if (text[at] === closing) {
      at++;
      ends[parent] = at;
      nexts[parent] = kinds.length;
      parent = parents[parent] ?? -1;
      depth--;
    } else if (isFirst) {
      beginChild(isObject, "a name in quotes or “}”");
    } else if (text[at] === ",") {
      at++;
      beginChild(isObject, "a name in quotes");
    } else {
      throw new JsonTextError(text, at, `“,” or “${closing}”`);
    }
  }
  skipWhite();
  if (at < text.length) throw new JsonTextError(text, at, "the end");
  const count = kinds.length;
  return { text, count, kinds, starts, ends, keyStarts, keyEnds, depths, parents, places, sizes, nexts, repeated };
}

/** No text holds more values: each but the first stands behind one of these. */
function mostValues(text: string): number {
  let count = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x2c || code === 0x5b || code === 0x7b) count++;
  }
  return count;
}

/** What a string of JSON, quotes included, stands for. */
function unquoteJson(quoted: string): string {
  return quoted.includes("\\") ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}

/** The value's text, exactly as written. */
export function jsonText({ text, starts, ends }: JsonOutline, node: number): string {
  return text.slice(starts[node], ends[node]);
}

/** Its name, unquoted; null in an array, and for the whole. */
export function jsonName({ text, keyStarts, keyEnds }: JsonOutline, node: number): string | null {
  const start = keyStarts[node] ?? -1;
  return start === -1 ? null : unquoteJson(text.slice(start, keyEnds[node]));
}

const PLAIN_NAME = /^[\p{L}_$][\p{L}\p{N}_$-]*$/u;

/** The way to a value: `amount.minor`, `attempts[2].at`, `["a b"].c`; empty for the whole. */
export function jsonPath(outline: JsonOutline, node: number): string {
  const steps: string[] = [];
  for (let at = node; at > 0; at = outline.parents[at] ?? -1) {
    const name = jsonName(outline, at);
    steps.push(
      name === null ? `[${outline.places[at]}]` : PLAIN_NAME.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`,
    );
  }
  return steps.reverse().join("").replace(/^\./, "");
}

/** No double, and no int64, has so many digits. */
const MANY_DIGITS = 310;

/** A whole number that a JS number would round. */
export function isBeyondDouble(number: string): boolean {
  if (!/^-?\d+$/.test(number)) return false;
  return number.length > MANY_DIGITS || BigInt(number) !== BigInt(Number(number));
}

/** A whole number of at most 64 bits. */
export function isInt64(number: string): boolean {
  if (!/^-?\d+$/.test(number) || number.length > MANY_DIGITS) return false;
  return BigInt.asIntN(64, BigInt(number)) === BigInt(number);
}
