import { expect, test } from "vitest";
import type { Recording } from "#lib/contracts/changes.ts";
import { isChangeRefused, recordingWords } from "./recording-words.ts";

const recording = (rest: Partial<Recording>): Recording => ({
  audit: "best-effort",
  topic: "_tailrace_changes",
  state: "ready",
  detail: "d",
  ...rest,
});

test("a change is refused only where a record is required and can't be written", () => {
  const refused = (["required", "best-effort", "off"] as const).flatMap((audit) =>
    (["ready", "missing", "unwritable"] as const).flatMap((state) =>
      isChangeRefused(recording({ audit, state })) ? [`${audit} ${state}`] : [],
    ),
  );
  expect(refused).toEqual(["required missing", "required unwritable"]);
});

test("what is recorded is told quietly, what isn't is not", () => {
  expect(recordingWords(recording({}))).toMatchObject({ tone: "quiet", title: "This will be recorded." });
  expect(recordingWords(recording({ state: "missing" }))).toMatchObject({ tone: "warn", canCreate: true });
  expect(recordingWords(recording({ state: "unwritable" }))).toMatchObject({ tone: "warn", canCreate: false });
  expect(recordingWords(recording({ audit: "required", state: "missing" }))).toMatchObject({ tone: "crit" });
});

test("where the settings want no record, nothing is offered", () => {
  expect(recordingWords(recording({ audit: "off", state: "missing" }))).toMatchObject({
    tone: "quiet",
    canCreate: false,
    title: "This will not be recorded.",
  });
});
