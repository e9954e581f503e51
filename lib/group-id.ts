/**
 * Group ids in paths and URLs of pages. Kafka takes any text as a group id; a path doesn't: `/` and `\` are separators to some
 * proxies, `.` and `..` are folders, and an empty segment is none. Those travel as `~` and base64url of their UTF-8.
 */

const ENCODED = "~";
const AWKWARD = /[/\\\p{Cc}]|^\.{0,2}$|^~/u;

/** The id as one segment of a path, before percent-encoding. */
export function encodeGroupId(group: string): string {
  if (!AWKWARD.test(group)) return group;
  const bytes = new TextEncoder().encode(group);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return ENCODED + btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The id that a segment names (percent-decoded); null when it starts like an encoded one and isn't. */
export function decodeGroupId(segment: string): string | null {
  if (!segment.startsWith(ENCODED)) return segment;
  const base64 = segment.slice(ENCODED.length).replaceAll("-", "+").replaceAll("_", "/");
  if (!/^[A-Za-z0-9+/]*$/.test(base64)) return null;
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
