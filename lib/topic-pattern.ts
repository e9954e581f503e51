import type { RegexEngine } from "./name-filter.ts";
import { patternSize } from "./pattern-size.ts";

/** Up to here one name, however long, is matched within a few milliseconds. */
const MAX_SIZE = 1_000;

/**
 * A regular expression that topics' names are matched by, found anywhere in the name (RE2 syntax: no look-around, no back
 * references). Matching takes linear time, whatever the pattern; a pattern whose repetitions multiply is refused before it
 * is compiled.
 * @throws {RangeError} in words for the person who typed it
 */
export function compileTopicPattern(pattern: string, engine: RegexEngine): (name: string) => boolean {
  if (patternSize(pattern) > MAX_SIZE) {
    throw new RangeError("its repetitions multiply to more than can be matched quickly: use smaller numbers in {…}");
  }
  try {
    const compiled = engine.compile(pattern);
    return (name) => compiled.matcher(name).find();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new RangeError(
      `not a regular expression: ${said.replace(/^error parsing regexp: /, "").replaceAll("`", "")}`,
    );
  }
}
