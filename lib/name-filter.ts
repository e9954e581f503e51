/** Longer patterns are refused. */
const LONGEST = 200;

/** The one class of re2js that is used: matching in linear time, so that no pattern, typed or shared by link, hangs a tab. */
export interface RegexEngine {
  compile(pattern: string, flags?: number): { matcher(input: string): { find(): boolean } };
  readonly CASE_INSENSITIVE: number;
}

export type NameFilter =
  | { readonly kind: "all" }
  | { readonly kind: "names"; readonly matches: (name: string) => boolean }
  /** A regular expression, but its engine isn't here yet. */
  | { readonly kind: "waiting" }
  | { readonly kind: "invalid"; readonly reason: string };

/** True for `/pattern` too: while it is typed, its end isn't there yet. */
export function isRegexFilter(text: string): boolean {
  return text.startsWith("/");
}

/**
 * What a filter box means: words that must all be in the name, in any case; or `/a regular expression/`, `/…/i` without
 * regard to case (RE2 syntax: no look-around, no back references).
 */
export function parseNameFilter(text: string, engine: RegexEngine | null): NameFilter {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed === "/") return { kind: "all" };
  if (trimmed.length > LONGEST) return { kind: "invalid", reason: `It has more than ${LONGEST} characters.` };
  if (!isRegexFilter(trimmed)) {
    const words = trimmed.toLowerCase().split(/\s+/);
    return { kind: "names", matches: (name) => contains(name.toLowerCase(), words) };
  }
  if (engine === null) return { kind: "waiting" };
  const [, pattern = "", flags = ""] = /^\/(.*?)(?:\/(i?))?$/.exec(trimmed) ?? [];
  try {
    const compiled = engine.compile(pattern, flags === "i" ? engine.CASE_INSENSITIVE : 0);
    return { kind: "names", matches: (name) => compiled.matcher(name).find() };
  } catch (error) {
    return { kind: "invalid", reason: reasonOf(error) };
  }
}

function contains(name: string, words: readonly string[]): boolean {
  return words.every((word) => name.includes(word));
}

/** "error parsing regexp: missing closing )" without its first words: the page says them. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return `${text.replace(/^error parsing regexp: /, "").replaceAll("`", "")}.`;
}
