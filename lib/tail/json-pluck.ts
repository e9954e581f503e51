/** One value out of JSON by its path, as it is written there; and the path as text: `amount.minor`, `attempts[2].at`, `["a b"].c`. */
export type JsonSteps = readonly (string | number)[];

const STEP = /(?:^|\.)([\p{L}_$][\p{L}\p{N}_$-]*)|\[(\d{1,9})\]|\[("(?:[^"\\]|\\.)*")\]/uy;
const MAX_STEPS = 20;

/** Null when it is no path, or has no step. */
export function parseJsonPath(path: string): JsonSteps | null {
  const steps: (string | number)[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const [, name, index, quoted] = STEP.exec(path) ?? [];
    const step = name ?? (index === undefined ? unquote(quoted) : Number(index));
    if (step === undefined || steps.length >= MAX_STEPS) return null;
    steps.push(step);
  }
  return steps.length === 0 ? null : steps;
}

function unquote(quoted: string | undefined): string | undefined {
  if (quoted === undefined) return undefined;
  try {
    return String(JSON.parse(quoted));
  } catch {
    return undefined;
  }
}

export type Plucked =
  | { readonly kind: "found"; readonly text: string }
  /** The text has no such value. */
  | { readonly kind: "absent" }
  /** The text ends before it could be known: a preview holds only the beginning. */
  | { readonly kind: "cut" }
  | { readonly kind: "not-json" };

const absent: Plucked = { kind: "absent" };
const cut: Plucked = { kind: "cut" };
const notJson: Plucked = { kind: "not-json" };

/**
 * Looks only as far as it must, and takes a text that ends in the middle. A name that stands twice counts where it stands
 * first. Numbers stay as written: nothing is parsed.
 */
export function pluckJson(text: string, steps: JsonSteps): Plucked {
  let at = skipWhite(text, 0);
  if (!/[[{"\-\dtfn]/.test(text[at] ?? "")) return notJson;
  for (const step of steps) {
    const found = typeof step === "number" ? findItem(text, at, step) : findMember(text, at, step);
    if (typeof found !== "number") return found;
    at = found;
  }
  const end = skipValue(text, at);
  return end === -1 ? cut : { kind: "found", text: text.slice(at, end) };
}

/** Where the value of a name begins. */
function findMember(text: string, object: number, name: string): number | Plucked {
  if (text[object] !== "{") return absent;
  let at = skipWhite(text, object + 1);
  while (text[at] === '"') {
    const keyEnd = skipString(text, at);
    if (keyEnd === -1) return cut;
    const key = text.slice(at, keyEnd);
    at = skipWhite(text, keyEnd);
    if (at >= text.length) return cut;
    if (text[at] !== ":") return notJson;
    at = skipWhite(text, at + 1);
    if (at >= text.length) return cut;
    if ((key.includes("\\") ? unquote(key) : key.slice(1, -1)) === name) return at;
    at = skipValue(text, at);
    if (at === -1) return cut;
    at = skipWhite(text, at);
    if (text[at] === ",") at = skipWhite(text, at + 1);
  }
  return at >= text.length ? cut : absent;
}

function findItem(text: string, array: number, index: number): number | Plucked {
  if (text[array] !== "[") return absent;
  let at = skipWhite(text, array + 1);
  for (let item = 0; at < text.length && text[at] !== "]"; item += 1) {
    if (item === index) return at;
    at = skipValue(text, at);
    if (at === -1) return cut;
    at = skipWhite(text, at);
    if (text[at] === ",") at = skipWhite(text, at + 1);
    else if (at < text.length && text[at] !== "]") return notJson;
  }
  return at >= text.length ? cut : absent;
}

/** Behind a value; -1 when the text ends in it. Of an object or array only brackets are counted. */
function skipValue(text: string, from: number): number {
  let at = from;
  let depth = 0;
  for (;;) {
    const character = text[at];
    if (character === undefined) return -1;
    if (character === '"') {
      at = skipString(text, at);
      if (at === -1) return -1;
    } else if (character === "{" || character === "[") {
      depth += 1;
      at += 1;
    } else if (character === "}" || character === "]") {
      if (depth === 0) return at;
      depth -= 1;
      at += 1;
    } else if (depth > 0) at += 1;
    else return skipWord(text, at);
    if (depth === 0) return at;
  }
}

/** A number or word: whole only when something stands behind it, or the text is nothing else. */
function skipWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && !/[\s,\]}]/.test(text[at] ?? "")) at += 1;
  return at < text.length || from === 0 ? at : -1;
}

function skipString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return -1;
}

function skipWhite(text: string, from: number): number {
  let at = from;
  while (text[at] === " " || text[at] === "\n" || text[at] === "\r" || text[at] === "\t") at += 1;
  return at;
}
