import { RE2JS } from "re2js";
import { expect, test } from "vitest";
import { leastCpuMs } from "#scripts/testing/least-cpu-ms.ts";
import { parseNameFilter, type RegexEngine } from "./name-filter.ts";

const names = ["orders", "orders.events", "payments.orders-in", "Payments"];
const engine: RegexEngine = RE2JS;
const kept = (text: string) => {
  const filter = parseNameFilter(text, engine);
  return filter.kind === "names" ? names.filter(filter.matches) : filter.kind;
};

test("words must all be in the name, in any case and order", () => {
  expect(kept("ORDERS")).toEqual(["orders", "orders.events", "payments.orders-in"]);
  expect(kept("in pay")).toEqual(["payments.orders-in"]);
  expect(kept("  ")).toBe("all");
});

test("dots and stars are themselves outside slashes", () => {
  expect(kept("s.e")).toEqual(["orders.events"]);
  expect(kept("o*")).toEqual([]);
});

test("between slashes it is a regular expression, with regard to case unless /i", () => {
  expect(kept("/^orders(\\..*)?$/")).toEqual(["orders", "orders.events"]);
  expect(kept("/^payments/i")).toEqual(["payments.orders-in", "Payments"]);
});

test("while the last slash is missing it works already", () => {
  expect(kept("/^ord")).toEqual(["orders", "orders.events"]);
  expect(kept("/")).toBe("all");
});

test("what is no regular expression says why", () => {
  expect(parseNameFilter("/or(/", engine)).toMatchObject({ kind: "invalid", reason: expect.stringContaining("(") });
  expect(parseNameFilter(`/${"x".repeat(300)}/`, engine).kind).toBe("invalid");
});

test("before the engine is here, it waits", () => {
  expect(parseNameFilter("/a/", null).kind).toBe("waiting");
});

test("a pattern that would hang a backtracking engine doesn't", () => {
  const filter = parseNameFilter("/^(a+)+$/", engine);
  if (filter.kind !== "names") throw new Error(filter.kind);
  const ms = leastCpuMs(() => expect(filter.matches(`${"a".repeat(240)}!`)).toBe(false));
  expect(ms).toBeLessThan(200);
});
