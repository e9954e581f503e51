/**
 * A config's documentation as the broker sends it (DescribeConfigs, KIP-569): text with some HTML in it. Parsed into
 * spans of plain text, so that whatever a broker answers is shown as text and never becomes markup.
 */
export interface DocumentationSpan {
  readonly text: string;
  readonly style: "plain" | "code" | "strong";
}
export interface DocumentationBlock {
  readonly kind: "paragraph" | "item";
  readonly spans: readonly DocumentationSpan[];
}

const MAX_LENGTH = 20_000;
const CODE = new Set(["code", "pre", "tt"]);
const STRONG = new Set(["b", "strong"]);
const PARAGRAPH = new Set(["p", "br", "ul", "ol", "div", "table", "tr", "h1", "h2", "h3", "h4", "h5"]);
/** Only what Kafka's texts use counts as a tag: "<listener name>" in prose stays as it is. */
const TAG = /<(\/?)(code|pre|tt|b|strong|i|em|a|p|br|ul|ol|li|div|span|table|tr|td|th|h[1-5])(?:\s[^<>]*)?\/?>/gi;
const ENTITIES: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  mdash: "—",
  ndash: "–",
  hellip: "…",
};

/** Paragraphs and list items, in order. Tags outside a short list are shown as the text they are. */
export function parseBrokerDocumentation(html: string): DocumentationBlock[] {
  const source = html.slice(0, MAX_LENGTH);
  const blocks: { kind: "paragraph" | "item"; spans: DocumentationSpan[] }[] = [];
  let current: { kind: "paragraph" | "item"; spans: DocumentationSpan[] } = { kind: "paragraph", spans: [] };
  let code = 0;
  let strong = 0;
  const close = (kind: "paragraph" | "item") => {
    const spans = tidy(current.spans);
    if (spans.length > 0) blocks.push({ kind: current.kind, spans });
    current = { kind, spans: [] };
  };
  let at = 0;
  for (const match of source.matchAll(TAG)) {
    current.spans.push(span(source.slice(at, match.index), code, strong));
    at = match.index + match[0].length;
    const opens = match[1] === "";
    const tag = (match[2] ?? "").toLowerCase();
    if (CODE.has(tag)) code = Math.max(0, code + (opens ? 1 : -1));
    else if (STRONG.has(tag)) strong = Math.max(0, strong + (opens ? 1 : -1));
    else if (tag === "li") close(opens ? "item" : "paragraph");
    else if (PARAGRAPH.has(tag)) close("paragraph");
  }
  current.spans.push(span(source.slice(at), code, strong));
  close("paragraph");
  return blocks;
}

/** The same as one line of text, for search and short hints. */
export function brokerDocumentationText(html: string): string {
  return parseBrokerDocumentation(html)
    .map(({ spans }) => spans.map(({ text }) => text).join(""))
    .join(" ");
}

function span(html: string, code: number, strong: number): DocumentationSpan {
  const text = html.replace(/\s+/g, " ").replace(/&(#x?[\da-f]{1,6}|[a-z]{2,8});/gi, decodeEntity);
  return { text, style: code > 0 ? "code" : strong > 0 ? "strong" : "plain" };
}

function decodeEntity(entity: string, name: string): string {
  if (!name.startsWith("#")) return ENTITIES[name.toLowerCase()] ?? entity;
  const point = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return point > 31 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)
    ? String.fromCodePoint(point)
    : entity;
}

/** Joins neighbours of one style, and drops blanks at the edges of a block. */
function tidy(spans: readonly DocumentationSpan[]): DocumentationSpan[] {
  const joined: DocumentationSpan[] = [];
  for (const { text, style } of spans) {
    if (text === "") continue;
    const last = joined.at(-1);
    if (last && (last.style === style || text.trim() === "")) {
      joined[joined.length - 1] = { ...last, text: `${last.text}${text}`.replace(/ {2,}/g, " ") };
    } else joined.push({ text, style });
  }
  return joined
    .map((part, index) => ({
      ...part,
      text: trimmed(part.text, index === 0, index === joined.length - 1),
    }))
    .filter(({ text }) => text !== "");
}

function trimmed(text: string, start: boolean, end: boolean): string {
  const left = start ? text.replace(/^ +/, "") : text;
  return end ? left.replace(/ +$/, "") : left;
}
