import { z } from "zod";
import type { Message, NewMessage, Payload } from "#lib/contracts/messages.ts";
import { JsonTextError, outlineJson } from "#lib/json-outline.ts";
import { bytesOf } from "./hex-lines.ts";

const sentFormats = ["text", "json", "base64", "int32", "int64"] as const;
export type SentFormat = (typeof sentFormats)[number];

/** `none`: null; of a value, a tombstone. */
export type SentAs = SentFormat | "none";

/** What the form holds. */
export interface SendForm {
  keyAs: SentAs;
  key: string;
  valueAs: SentAs;
  value: string;
  headers: { name: string; value: string; isNull: boolean }[];
  /** Null: by the key's hash, or any without a key. */
  partition: number | null;
}

export const emptySendForm: SendForm = {
  keyAs: "none",
  key: "",
  valueAs: "json",
  value: "",
  headers: [],
  partition: null,
};

/** As the contract has it (`newMessage`), said where it is typed. */
const MAX_TEXT = 1_000_000;
const MAX_HEADERS = 100;
const MAX_HEADER_NAME = 1_000;
const MAX_HEADER_VALUE = 10_000;
const MAX_PARTITION = 2_147_483_647;

const BITS = { int32: 32, int64: 64 } as const;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What is wrong with a text that is to be sent in a format, in words for the person who typed it; null when nothing is. */
export function payloadProblem(text: string, as: SentAs): string | null {
  if (as === "none") return null;
  if (text.length > MAX_TEXT) return "Longer than the million characters that can be sent from here.";
  switch (as) {
    case "json":
      return jsonProblem(text);
    case "base64":
      return BASE64.test(text.replaceAll(/\s/g, "")) ? null : "Not base64: A–Z, a–z, 0–9, + and /, padded with =.";
    case "int32":
    case "int64":
      return isWhole(text, BITS[as]) ? null : `Not a whole number of ${BITS[as]} bits.`;
    default:
      return null;
  }
}

function jsonProblem(text: string): string | null {
  try {
    outlineJson(text);
    return null;
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    const sentence = error.message.slice(0, 1).toUpperCase() + error.message.slice(1);
    return `Not JSON. ${sentence}.`;
  }
}

function isWhole(text: string, bits: 32 | 64): boolean {
  const trimmed = text.trim();
  return /^-?\d{1,19}$/.test(trimmed) && BigInt.asIntN(bits, BigInt(trimmed)) === BigInt(trimmed);
}

const sentAs = z.enum([...sentFormats, "none"]);

export const sendFormSchema = z
  .object({
    keyAs: sentAs,
    key: z.string(),
    valueAs: sentAs,
    value: z.string(),
    headers: z
      .array(
        z.object({
          name: z.string().min(1, "A header needs a name.").max(MAX_HEADER_NAME, "At most 1,000 characters."),
          value: z.string().max(MAX_HEADER_VALUE, "At most 10,000 characters."),
          isNull: z.boolean(),
        }),
      )
      .max(MAX_HEADERS),
    partition: z.int().min(0).max(MAX_PARTITION).nullable(),
  })
  .superRefine((form, context) => {
    for (const part of ["key", "value"] as const) {
      const problem = payloadProblem(form[part], form[`${part}As`]);
      if (problem !== null) context.addIssue({ code: "custom", path: [part], message: problem });
    }
  });

/** The form as it is sent. */
export function toNewMessage({ keyAs, key, valueAs, value, headers, partition }: SendForm): NewMessage {
  return {
    key: keyAs === "none" ? null : key,
    keyAs: keyAs === "none" ? "text" : keyAs,
    value: valueAs === "none" ? null : value,
    valueAs: valueAs === "none" ? "text" : valueAs,
    headers: headers.map(({ name, value: text, isNull }) => ({ name, value: isNull ? null : text })),
    ...(partition !== null && { partition }),
  };
}

/** A form filled in like a message, and what of the message it could not take over. */
export interface FilledForm {
  readonly form: SendForm;
  /** Sentences. */
  readonly leftOut: readonly string[];
}

/** To send a message again: its key, value and headers byte for byte where that is possible, its partition by its key. */
export function formLike({ key, value, headers }: Pick<Message, "key" | "value" | "headers">): FilledForm {
  const leftOut: string[] = [];
  const fill = (payload: Payload | null, part: "key" | "value"): [SentAs, string] => {
    if (payload === null) return ["none", ""];
    const filled = sendable(payload);
    if (filled !== null) return filled;
    leftOut.push(`The ${part} is too large to be filled in here: download it, and send it with a client of your own.`);
    return ["text", ""];
  };
  const [keyAs, keyText] = fill(key, "key");
  const [valueAs, valueText] = fill(value, "value");
  const kept: SendForm["headers"] = [];
  for (const header of headers) {
    const text = header.value === null ? "" : textOf(header.value);
    if (text === null || header.name === "") {
      leftOut.push(`The header “${header.name}” is left out: its value isn't text that can be typed.`);
    } else kept.push({ name: header.name, value: text, isNull: header.value === null });
  }
  return { form: { keyAs, key: keyText, valueAs, value: valueText, headers: kept, partition: null }, leftOut };
}

function sendable(payload: Payload): [SentFormat, string] | null {
  if (payload.bytes === 0) return ["text", ""];
  if (payload.as === "int32" || payload.as === "int64") return [payload.as, payload.text];
  const text = textOf(payload);
  if (text !== null) return text.length > MAX_TEXT ? null : [payload.as === "json" ? "json" : "text", text];
  return bytesOf(payload.head).length === payload.bytes ? ["base64", payload.head] : null;
}

/** The whole payload where it is text, else null. */
function textOf(payload: Payload): string | null {
  if (payload.bytes === 0) return "";
  return !payload.cut && (payload.as === "text" || payload.as === "json") ? payload.text : null;
}
