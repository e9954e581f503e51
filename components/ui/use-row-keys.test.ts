import { expect, test } from "vitest";
import { placeOf } from "./use-row-keys.ts";

const rows = (ids: string) => [...ids].map((id) => ({ id }));

test("the active row is the same one after others changed places", () => {
  expect(placeOf({ id: "c", index: 2 }, rows("abcd"))).toBe(2);
  expect(placeOf({ id: "c", index: 2 }, rows("dcab"))).toBe(1);
});

test("when it is gone, whatever took its place is active", () => {
  expect(placeOf({ id: "c", index: 2 }, rows("abde"))).toBe(2);
  expect(placeOf({ id: "c", index: 2 }, rows("a"))).toBe(0);
  expect(placeOf({ id: "c", index: 2 }, [])).toBe(0);
});

test("before any was chosen it is the first", () => {
  expect(placeOf(null, rows("ab"))).toBe(0);
});
