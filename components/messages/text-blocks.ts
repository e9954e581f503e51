/** A browser lays out so many characters in a moment. */
const BLOCK = 4_096;
/** A block may be longer by so much, to end with its line. */
const REACH = 2_048;
const NEAR = 512;

/**
 * A long text in blocks, cut behind a line's end where one is near, else behind a comma or blank, never within a surrogate pair. A line's end at a block's
 * end belongs to the cut: blocks stand below each other anyway.
 */
export function textBlocks(text: string): readonly string[] {
  const blocks: string[] = [];
  for (let from = 0; from < text.length; ) {
    if (text.length - from <= BLOCK + REACH) {
      blocks.push(text.slice(from));
      break;
    }
    const lineEnd = text.indexOf("\n", from + BLOCK);
    if (lineEnd !== -1 && lineEnd - from < BLOCK + REACH) {
      blocks.push(text.slice(from, lineEnd));
      from = lineEnd + 1;
      continue;
    }
    const cut = cutNear(text, from + BLOCK);
    blocks.push(text.slice(from, cut));
    from = cut;
  }
  return blocks;
}

/** Behind a comma or a blank where one is near: a cut looks like a line's end. */
function cutNear(text: string, end: number): number {
  const mark = Math.max(text.lastIndexOf(",", end - 1), text.lastIndexOf(" ", end - 1)) + 1;
  if (mark > end - NEAR) return mark;
  return isHighSurrogate(text.charCodeAt(end - 1)) ? end + 1 : end;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}
