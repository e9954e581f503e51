import fc from "fast-check";
import { expect, test } from "vitest";
import { planOffsetReset } from "#lib/contracts/offset-resets.ts";
import {
  emptyResetForm,
  type ResetForm,
  readForm,
  resetFormFromQuery,
  resetFormToQuery,
  scopeKinds,
  targetKinds,
  withEdit,
} from "./reset-form.ts";

const form = (change: Partial<ResetForm>): ResetForm => ({ ...emptyResetForm, ...change });
const read = (change: Partial<ResetForm>, topics: readonly string[] = ["orders"]) =>
  readForm(form(change), topics, "UTC");
const backAndForth = (given: ResetForm) => resetFormFromQuery(new URLSearchParams(resetFormToQuery(given)));

test("each mode asks for what the API takes", () => {
  const targets: readonly [Partial<ResetForm>, object][] = [
    [{ to: "earliest" }, { to: "earliest" }],
    [{ to: "latest" }, { to: "latest" }],
    [
      { to: "timestamp", at: "2026-11-20T02:20:00Z" },
      { to: "timestamp", timestampMs: 1_795_141_200_000 },
    ],
    [
      { to: "ago", ago: "15 min" },
      { to: "ago", durationMs: 900_000 },
    ],
    [
      { to: "offset", offset: "48 059 213" },
      { to: "offset", offset: "48059213" },
    ],
    [
      { to: "shift", by: "−1000" },
      { to: "shift", by: "-1000" },
    ],
    [
      { to: "group", from: "" },
      { to: "group", group: "" },
    ],
    [
      { to: "csv", csv: { fileName: null, text: "orders,0,1" } },
      { to: "csv", csv: "orders,0,1" },
    ],
  ];
  for (const [change, target] of targets) {
    const reading = read({ scope: "topics", ...change });
    expect(reading).toEqual({ ok: true, request: { scope: { of: "topics", topics: ["orders"] }, target, edits: [] } });
    if (reading.ok) expect(planOffsetReset.body.safeParse(reading.request).success).toBe(true);
  }
});

test("nothing is asked for before it is said what to move and where to", () => {
  expect(read({})).toMatchObject({ ok: false, todo: "Choose where to.", wrong: null });
  expect(read({ to: "latest" }, ["a", "b"])).toMatchObject({ ok: false, todo: "Choose a topic." });
  expect(read({ to: "latest", scope: "partitions" })).toMatchObject({ ok: false });
  for (const to of ["timestamp", "ago", "offset", "shift", "group", "csv"] as const) {
    expect(read({ to })).toMatchObject({ ok: false, wrong: null });
  }
});

test("what can't be read is named with its field", () => {
  expect(read({ to: "timestamp", at: "soon" })).toMatchObject({ wrong: "at" });
  expect(read({ to: "ago", ago: "15" })).toMatchObject({ wrong: "ago" });
  expect(read({ to: "offset", offset: "1.5" })).toMatchObject({ wrong: "offset" });
  expect(read({ to: "shift", by: "x" })).toMatchObject({ wrong: "by" });
  expect(read({ to: "latest", scope: "partitions", partitions: [{ topic: "orders", list: "3-1" }] })).toMatchObject({
    wrong: "partitions",
  });
});

test("partitions are those of the lists", () => {
  const reading = read({ to: "latest", scope: "partitions", partitions: [{ topic: "orders", list: "0, 2-3" }] });
  expect(reading.ok && reading.request.scope).toEqual({
    of: "partitions",
    partitions: [0, 2, 3].map((partition) => ({ topic: "orders", partition })),
  });
});

test("a link brings back the form it was made of", () => {
  const topic = fc.stringMatching(/^[a-z][a-zA-Z0-9._-]{0,20}$/);
  const text = fc.string({ minLength: 1, maxLength: 20 });
  const offset = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
  fc.assert(
    fc.property(
      fc.record({
        scope: fc.option(fc.constantFrom(...scopeKinds)),
        topics: fc.option(fc.uniqueArray(topic, { minLength: 1, maxLength: 5 })),
        partitions: fc.uniqueArray(fc.record({ topic, list: fc.constantFrom("0", "0,3", "1-7,9") }), {
          selector: (each) => each.topic,
          maxLength: 4,
        }),
        to: fc.option(fc.constantFrom(...targetKinds)),
        value: text,
        edits: fc.uniqueArray(fc.record({ topic, partition: fc.nat(9_999), offset: fc.option(offset) }), {
          selector: (each) => `${each.topic}:${each.partition}`,
          maxLength: 5,
        }),
      }),
      ({ scope, topics, partitions, to, value, edits }) => {
        const given = form({
          scope,
          topics: scope === "topics" ? topics : null,
          partitions: scope === "partitions" ? partitions : [],
          to,
          edits,
          ...(to === "timestamp" && { at: value }),
          ...(to === "ago" && { ago: value }),
          ...(to === "offset" && { offset: value }),
          ...(to === "shift" && { by: value }),
          ...(to === "group" && { from: value }),
        });
        expect(backAndForth(given)).toEqual(given);
      },
    ),
  );
});

test("a file, or another group, names its partitions itself unless they are narrowed", () => {
  const pasted = { to: "csv" as const, csv: { fileName: null, text: "orders,0,1" } };
  const scopeFor = (change: Partial<ResetForm>) => {
    const reading = read(change, ["a", "b"]);
    return reading.ok ? reading.request.scope : null;
  };
  expect(scopeFor(pasted)).toEqual({ of: "group" });
  expect(scopeFor({ to: "group", from: "other" })).toEqual({ of: "group" });
  expect(scopeFor({ ...pasted, scope: "topics", topics: ["a"] })).toEqual({ of: "topics", topics: ["a"] });
});

test("a file stays out of the address, and the empty group id in it", () => {
  expect(resetFormToQuery(form({ to: "csv", csv: { fileName: "o.csv", text: "orders,0,1" } }))).toEqual({ to: "csv" });
  expect(backAndForth(form({ to: "group", from: "" })).from).toBe("");
});

test("a link that was tampered with sets only what can be used", () => {
  const query = new URLSearchParams(
    "scope=all&to=nowhere&topics=or%20ders,ok&partitions=orders:x;ok:1&edits=ok:1@9223372036854775808;ok:2@5;x",
  );
  expect(resetFormFromQuery(query)).toEqual(
    form({
      scope: "topics",
      topics: ["ok"],
      partitions: [{ topic: "ok", list: "1" }],
      edits: [{ topic: "ok", partition: 2, offset: "5" }],
    }),
  );
});

test("an edit takes the place of the one before, and can be taken back", () => {
  const at = { topic: "orders", partition: 3 };
  const kept = withEdit(withEdit([], at, "5"), at, null);
  expect(kept).toEqual([{ ...at, offset: null }]);
  expect(withEdit(kept, at, undefined)).toEqual([]);
});
