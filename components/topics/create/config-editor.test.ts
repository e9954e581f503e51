import { expect, test } from "vitest";
import type { ConfigEntry } from "#lib/contracts/kafka.ts";
import { editorOf, optionsWith } from "./config-editor.ts";

const boolean = { type: "boolean" } as ConfigEntry;

test.each([
  ["cleanup.policy", undefined, "choice"],
  ["unclean.leader.election.enable", boolean, "choice"],
  ["min.insync.replicas", undefined, "count"],
  ["retention.ms", undefined, "quantity"],
  ["segment.bytes", undefined, "quantity"],
  ["min.cleanable.dirty.ratio", undefined, "text"],
] as const)("%s is edited as %s %s", (name, definition, kind) => {
  expect(editorOf(name, definition).kind).toBe(kind);
});

test("a value outside a choice is kept as an option of its own", () => {
  const options = [{ value: "delete", label: "Delete old" }];
  expect(optionsWith(options, "delete,compact").at(-1)).toEqual({ value: "delete,compact", label: "delete,compact" });
  expect(optionsWith(options, "delete")).toBe(options);
});
