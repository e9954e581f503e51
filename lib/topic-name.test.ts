import fc from "fast-check";
import { expect, test } from "vitest";
import { topicName } from "./contracts/kafka.ts";
import { freeNameLike, mixesCollisionCharacters, topicNameClash, topicNameProblem } from "./topic-name.ts";

test("accepts exactly what the contract accepts", () => {
  const names = fc.oneof(
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.stringMatching(/^[a-zA-Z0-9._-]{0,255}$/),
    fc.constantFrom("", ".", "..", "...", "a".repeat(249), "a".repeat(250)),
  );
  fc.assert(fc.property(names, (name) => (topicNameProblem(name) === null) === topicName.safeParse(name).success));
});

test("names the characters that are not allowed", () => {
  expect(topicNameProblem("my topic")).toContain("a space");
  expect(topicNameProblem("größe")).toContain('"ö" "ß"');
  expect(topicNameProblem("a\u200bb")).toContain("U+200B");
  expect(topicNameProblem("a".repeat(300))).toContain("300 characters");
});

test("tells a name that is taken from one that only collides", () => {
  const existing = ["orders_returns", "orders.returns.v2"];
  expect(topicNameClash("orders.returns", existing)).toEqual({ kind: "collides", existing: "orders_returns" });
  expect(topicNameClash("orders_returns", existing)).toEqual({ kind: "taken", existing: "orders_returns" });
  expect(topicNameClash("orders-returns", existing)).toBeNull();
});

test("a taken name wins over a collision found first", () => {
  expect(topicNameClash("a.b", ["a_b", "a.b"])).toEqual({ kind: "taken", existing: "a.b" });
});

test("suggests a name that is free", () => {
  expect(freeNameLike("orders.returns", new Set(["orders_returns"]))).toBe("orders-returns");
  expect(freeNameLike("orders.returns", new Set(["orders_returns", "orders-returns"]))).toBe("orders-returns-2");
});

test("warns of both collision characters in one name", () => {
  expect(mixesCollisionCharacters("orders.us_east")).toBe(true);
  expect(mixesCollisionCharacters("orders.us-east")).toBe(false);
});
