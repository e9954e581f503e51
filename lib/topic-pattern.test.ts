import { RE2JS } from "re2js";
import { expect, test } from "vitest";
import { leastCpuMs } from "#scripts/testing/least-cpu-ms.ts";
import { patternSize } from "./pattern-size.ts";
import { compileTopicPattern } from "./topic-pattern.ts";

const LONGEST_NAME = "a".repeat(249);

test.each([
  ["orders", 6],
  ["^orders\\.(eu|us)$", 15],
  ["a{3}", 3],
  ["a{3,}", 4],
  ["a{2,5}b", 6],
  ["[a-z0-9_]{4}", 4],
  ["[]x]{4}", 4],
  ["[[:alpha:]\\]]{4}", 4],
  ["\\p{Greek}{4}\\d{2}", 6],
  ["\\(a{3}", 4],
  ["a{x}", 4],
  ["((a*){31}){32}", ((2 + 1) * 31 + 1) * 32],
  ["((a{5}", 5],
  [")){3}", 6],
])("%s has a size of %i", (pattern, size) => expect(patternSize(pattern)).toBe(size));

test("whatever pattern is typed, it is refused or matches the longest name within 50 ms", () => {
  const once = "((a*){31}){32}";
  const hostile = [
    ...[once, once.repeat(35), "(a*){31}".repeat(62), "((a{1,100}){1,100}){1,100}", `(${"a{0,500}|".repeat(50)})`],
    ...["(a?){1000}", "(a*)*b", "(.+)".repeat(125), "(.+)+(.+)+(.+)+$^", "(\\pL*){300}", "a{1000}".repeat(71)],
    ...["(a{0,9}b?){90}", "(?i:[^b]*){150}", "\\Q(a{100}){100}\\E", "(((((a*){3}){3}){3}){3}){3}", "(a*){1,200}"],
  ];
  compileTopicPattern("(a*)", RE2JS)(LONGEST_NAME);
  for (const pattern of hostile) {
    const ms = leastCpuMs(() => {
      try {
        compileTopicPattern(pattern, RE2JS)(LONGEST_NAME);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    });
    expect(ms, pattern).toBeLessThan(50);
  }
});

test("patterns as people write them are compiled", () => {
  for (const [pattern, name, matches] of [
    ["^(orders|payments)\\.[a-z]{2,3}\\.v\\d+$", "orders.eu.v12", true],
    ["^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "0b8a51f4-93ce-4b2f-8d4e-0f5a6b7c8d9e", true],
    ["^.{1,249}$", LONGEST_NAME, true],
    ["^dlq", "orders", false],
  ] as const) {
    expect(compileTopicPattern(pattern, RE2JS)(name)).toBe(matches);
  }
  expect(() => compileTopicPattern("(a", RE2JS)).toThrow("not a regular expression");
  expect(() => compileTopicPattern("(a{100}){100}", RE2JS)).toThrow("its repetitions multiply");
});
