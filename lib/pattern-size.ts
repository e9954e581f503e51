/** `{3}`, `{3,}` or `{3,5}`; anything else in braces stands for itself. */
const REPETITION = /^\{(\d+)(,(\d*))?\}/;

/**
 * How much an engine that runs in linear time makes of a regular expression (RE2 syntax): its characters, with everything
 * that is repeated a given number of times counted so often. Compiling and matching take time in proportion. An estimate:
 * wrong patterns are counted too.
 */
export function patternSize(pattern: string): number {
  /** Of the groups that are open: what stands in each before the group inside. */
  const outer: number[] = [];
  let size = 0;
  /** What a repetition that follows would repeat. */
  let last = 0;
  for (let at = 0; at < pattern.length; ) {
    const repetition = pattern[at] === "{" ? REPETITION.exec(pattern.slice(at)) : null;
    if (repetition !== null) {
      const [text, least, range, most] = repetition;
      const times = Math.max(1, Number(range === undefined ? least : most || Number(least) + 1));
      size += last * (times - 1);
      last *= times;
      at += text.length;
      continue;
    }
    switch (pattern[at]) {
      case "(":
        outer.push(size);
        size = 0;
        last = 0;
        at += 1;
        break;
      case ")":
        last = size + 1;
        size = (outer.pop() ?? 0) + last;
        at += 1;
        break;
      case "*":
      case "+":
      case "?":
        size += 1;
        last += 1;
        at += 1;
        break;
      default:
        last = 1;
        size += 1;
        at = behindAtom(pattern, at);
    }
  }
  return outer.reduce((sum, before) => sum + before, size);
}

/** Behind one character, an escape such as \d or \p{Greek}, or a class in brackets. */
function behindAtom(pattern: string, at: number): number {
  if (pattern[at] === "\\") {
    const named = /^\\[pPx]\{[^}]*\}/.exec(pattern.slice(at));
    return at + (named?.[0].length ?? 2);
  }
  if (pattern[at] !== "[") return at + 1;
  // A bracket at the very beginning of a class is one of its characters.
  const found = /^\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]/.exec(pattern.slice(at));
  return at + (found?.[0].length ?? 1);
}
