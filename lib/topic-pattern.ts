import type { RegexEngine } from "./name-filter.ts";

/**
 * A regular expression that topics' names are matched by, found anywhere in the name (RE2 syntax: no look-around, no back
 * references). Matching takes linear time, whatever the pattern.
 * @throws {RangeError} in words for the person who typed it
 */
export function compileTopicPattern(pattern: string, engine: RegexEngine): (name: string) => boolean {
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
