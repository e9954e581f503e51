export interface HexLine {
  /** Of its first byte, as eight hexadecimal digits. */
  readonly at: string;
  /** Two digits a byte, a blank between, a second one in the middle. */
  readonly hex: string;
  /** Printable ASCII as it is, else a point. */
  readonly ascii: string;
}

/** Bytes as lines of so many, the way `hexdump -C` writes them. */
export function hexLines(bytes: Uint8Array, width: number): readonly HexLine[] {
  const lines: HexLine[] = [];
  for (let start = 0; start < bytes.length; start += width) {
    const line = [...bytes.subarray(start, start + width)];
    const digits = line.map((byte) => byte.toString(16).padStart(2, "0"));
    lines.push({
      at: start.toString(16).padStart(8, "0"),
      hex: [digits.slice(0, width / 2), digits.slice(width / 2)]
        .map((half) => half.join(" "))
        .join("  ")
        .padEnd(width * 3),
      ascii: line.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join(""),
    });
  }
  return lines;
}

/** @param base64 as the wire carries bytes */
export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
