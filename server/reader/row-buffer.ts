import { isUtf8 } from "node:buffer";
import { isControlCharacter } from "./read-payload.ts";

const FIRST_BYTES = 65_536;
const COMMA = 0x2c;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ROW = 0x5b;

/** How a byte is written inside a JSON string: as it is, after a backslash, as UTF-8 to be checked, or not at all. */
const PLAIN = 0;
const ESCAPED = 1;
const HIGH = 2;
const CONTROL = 3;
const kinds = new Uint8Array(256);
const escapes = new Uint8Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  kinds[byte] = byte >= 0x80 ? HIGH : isControlCharacter(byte) ? CONTROL : PLAIN;
}
for (const [character, letter] of Object.entries({ '"': '"', "\\": "\\", "\t": "t", "\n": "n", "\r": "r" })) {
  kinds[character.charCodeAt(0)] = ESCAPED;
  escapes[character.charCodeAt(0)] = letter.charCodeAt(0);
}

/**
 * Rows as JSON, in bytes: a payload's text goes from its batch to here in one pass, and becomes a string only with all
 * others. Rows end with a comma. A message's row begins with "[", any other with "{".
 */
export class RowBuffer {
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);
  #length = 0;
  #ascii = true;
  #starts: number[] = [];
  #messages = 0;
  #open = false;

  get length(): number {
    return this.#length;
  }

  /** Rows that are messages. */
  get messages(): number {
    return this.#messages;
  }

  /** Begins a row, and makes sure that so many bytes can follow. */
  begin(room: number): void {
    if (this.#bytes.length - this.#length < room) {
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + room));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    this.#starts.push(this.#length);
    this.#open = true;
  }

  end(): void {
    this.byte(COMMA);
    this.#open = false;
    if (this.#bytes[this.#starts.at(-1) ?? 0] === ROW) this.#messages += 1;
  }

  byte(value: number): void {
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  /** Letters, digits and signs of ASCII, as they are. */
  ascii(text: string): void {
    const bytes = this.#bytes;
    let at = this.#length;
    for (let index = 0; index < text.length; index += 1) {
      bytes[at] = text.charCodeAt(index);
      at += 1;
    }
    this.#length = at;
  }

  copy(ready: Uint8Array): void {
    this.#bytes.set(ready, this.#length);
    this.#length += ready.length;
  }

  /** Anything, as JSON; takes up to six bytes a character. */
  json(value: unknown): void {
    const text = JSON.stringify(value);
    const written = this.#bytes.write(text, this.#length, "utf8");
    if (written !== text.length) this.#ascii = false;
    this.#length += written;
  }

  /**
   * A payload as a JSON string, when it is UTF-8 without control characters; takes up to two bytes for one.
   * @returns false when it isn't: then nothing was written
   */
  text(source: Uint8Array, start: number, end: number): boolean {
    const bytes = this.#bytes;
    let at = this.#length;
    let high = false;
    bytes[at] = QUOTE;
    at += 1;
    for (let index = start; index < end; index += 1) {
      const byte = source[index] as number;
      const kind = kinds[byte] as number;
      if (kind === PLAIN) {
        bytes[at] = byte;
        at += 1;
      } else if (kind === ESCAPED) {
        bytes[at] = BACKSLASH;
        bytes[at + 1] = escapes[byte] as number;
        at += 2;
      } else if (kind === HIGH) {
        high = true;
        bytes[at] = byte;
        at += 1;
      } else return false;
    }
    if (high) {
      if (!isUtf8(source.subarray(start, end))) return false;
      this.#ascii = false;
    }
    bytes[at] = QUOTE;
    this.#length = at + 1;
    return true;
  }

  /** Takes back what was written behind this place. */
  shorten(length: number): void {
    this.#length = length;
  }

  /** Takes back a row that was begun and not ended. */
  abandon(): void {
    const start = this.#starts.at(-1);
    if (!this.#open || start === undefined) return;
    this.#open = false;
    this.#length = start;
    this.#starts.pop();
  }

  /**
   * Leaves out every other message, the first one stays; with it go the holes before it (gaps, but no markers).
   * @param dropped gets the place and the offset of each
   */
  halve(dropped: (place: number, offset: bigint) => void): void {
    const starts = this.#starts;
    const kept: number[] = [];
    let to = 0;
    let message = 0;
    /** Rows since the last message. */
    let notes: number[] = [];
    const keep = (row: number) => {
      const start = starts[row] ?? 0;
      const end = starts[row + 1] ?? this.#length;
      this.#bytes.copyWithin(to, start, end);
      kept.push(to);
      to += end - start;
    };
    for (let row = 0; row < starts.length; row += 1) {
      const start = starts[row] ?? 0;
      if (this.#bytes[start] !== ROW) {
        notes.push(row);
        continue;
      }
      message += 1;
      const stays = message % 2 === 1;
      for (const note of notes) if (stays || !this.#isHole(note)) keep(note);
      notes = [];
      if (stays) keep(row);
      else {
        const [place = "", offset = ""] = this.#bytes.toString("latin1", start + 1, start + 40).split(",", 2);
        dropped(Number(place), BigInt(offset.slice(1, -1)));
      }
    }
    for (const note of notes) keep(note);
    this.#starts = kept;
    this.#length = to;
    this.#messages = Math.ceil(message / 2);
  }

  /** A gap that decides over nothing. */
  #isHole(row: number): boolean {
    const text = this.#bytes.toString("latin1", this.#starts[row], this.#starts[row + 1] ?? this.#length);
    return text.startsWith('{"gap"') && !text.includes('"reason":"markers"');
  }

  /** All rows, with commas between them. */
  toString(): string {
    return this.#bytes.toString(this.#ascii ? "latin1" : "utf8", 0, Math.max(0, this.#length - 1));
  }
}
