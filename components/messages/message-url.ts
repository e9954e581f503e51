import { parseAsStringLiteral } from "nuqs/server";
import { payloadFormat } from "#lib/contracts/message-row.ts";

const messageViews = ["tree", "raw", "hex", "headers"] as const;
export type MessageViewName = (typeof messageViews)[number];

const messageParts = ["value", "key"] as const;
export type MessagePart = (typeof messageParts)[number];

/** How a message is looked at. The formats are the tail's too: its rows and its drawer read alike. */
export const messageUrl = {
  keyAs: parseAsStringLiteral(payloadFormat.options).withDefault("auto"),
  valueAs: parseAsStringLiteral(payloadFormat.options).withDefault("auto"),
  /** Without one, what suits the payload. */
  view: parseAsStringLiteral(messageViews),
  part: parseAsStringLiteral(messageParts).withDefault("value"),
};
