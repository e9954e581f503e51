const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);

/** Whether no arrays and objects of a JSON text lie deeper than that within each other. Looks at brackets only; it need not be JSON. */
export function isShallow(json: string, maxDepth: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at++) {
    const char = json.charCodeAt(at);
    if (quoted) {
      if (char === BACKSLASH) at++;
      else if (char === QUOTE) quoted = false;
    } else if (char === QUOTE) quoted = true;
    else if (OPEN.has(char)) {
      depth++;
      if (depth > maxDepth) return false;
    } else if (CLOSE.has(char)) depth--;
  }
  return true;
}
