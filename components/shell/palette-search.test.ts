import { expect, test } from "vitest";
import { searchEntries } from "./palette-search.ts";

const named = (...labels: string[]) => labels.map((label) => ({ id: label, label }));
const found = (labels: string[], query: string, limit = 10) =>
  searchEntries(named(...labels), query, limit).map(({ label }) => label);

test("the whole name comes first, then its start, then a word's start, then anywhere", () => {
  expect(found(["reorders", "billing.orders", "orders.events", "orders"], "orders")).toEqual([
    "orders",
    "orders.events",
    "billing.orders",
    "reorders",
  ]);
});

test("every term must be found, in any order", () => {
  expect(found(["orders.eu", "orders.us", "eu.payments"], "eu orders")).toEqual(["orders.eu"]);
});

test("an entry is found by its further words too, after those found by name", () => {
  const entries = [{ id: "a", label: "Dark theme", words: "night" }, ...named("night-jobs")];
  expect(searchEntries(entries, "night", 10).map(({ label }) => label)).toEqual(["night-jobs", "Dark theme"]);
});

test("10,000 names are searched within a frame", () => {
  const many = named(...Array.from({ length: 10_000 }, (_, index) => `team-${index % 97}.topic-${index}`));
  // Of this thread, and the least of three: other processes and a collection of garbage aren't what is measured.
  const took = [1, 2, 3].map(() => {
    const before = process.threadCpuUsage();
    expect(searchEntries(many, "topic-9999", 12)).toHaveLength(1);
    return process.threadCpuUsage(before).user / 1_000;
  });
  expect(Math.min(...took)).toBeLessThan(50);
});
