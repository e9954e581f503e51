import type { z } from "zod";
import type { Sentence, subject } from "./contracts/kafka.ts";

/** A subject as a word in a sentence: "orders-3", "min.insync.replicas"; a broker is its id ("Broker 2 is down"), a message its offset. */
export function subjectText(part: z.output<typeof subject>): string {
  if ("config" in part) return part.config;
  if ("broker" in part) return String(part.broker);
  if ("group" in part) return part.group;
  if (part.offset !== undefined) return part.offset;
  return part.partition === undefined ? part.topic : `${part.topic}-${part.partition}`;
}

/** The sentence as plain text: for titles, for a copy, for tests. */
export function sentenceText(sentence: Sentence): string {
  return sentence.map((part) => (typeof part === "string" ? part : subjectText(part))).join("");
}
