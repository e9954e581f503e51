import fc from "fast-check";
import { expect, test } from "vitest";
import { possiblePlacement } from "./placement.ts";

const three = [1, 2, 3].map((id) => ({ id, rack: null, up: true }));

const clusters = fc
  .uniqueArray(fc.record({ id: fc.nat(40), rack: fc.constantFrom(null, "a", "b", "c"), up: fc.boolean() }), {
    selector: ({ id }) => id,
    minLength: 1,
    maxLength: 12,
  })
  .filter((brokers) => brokers.some(({ up }) => up));

test("leaders take turns on a cluster without racks", () => {
  expect(possiblePlacement(three, 3, 3)).toEqual([
    [1, 2, 3],
    [2, 3, 1],
    [3, 1, 2],
  ]);
});

test("there is none with fewer brokers than replicas, or when all are down", () => {
  expect(possiblePlacement(three, 1, 4)).toBeNull();
  expect(
    possiblePlacement(
      three.map((broker) => ({ ...broker, up: false })),
      1,
      1,
    ),
  ).toBeNull();
});

test("every partition has as many different brokers as replicas, led by one that is up", () => {
  fc.assert(
    fc.property(clusters, fc.integer({ min: 1, max: 30 }), fc.nat(11), (brokers, partitions, more) => {
      const factor = 1 + (more % brokers.length);
      const placement = possiblePlacement(brokers, partitions, factor) ?? [];
      expect(placement).toHaveLength(partitions);
      for (const replicas of placement) {
        expect(new Set(replicas).size).toBe(factor);
        expect(brokers.find(({ id }) => id === replicas[0])?.up).toBe(true);
      }
    }),
  );
});

test("a broker that is down gets a replica only when its rack has no other left", () => {
  const brokers = [
    { id: 1, rack: "a", up: true },
    { id: 2, rack: "a", up: false },
    { id: 3, rack: "b", up: true },
  ];
  expect(possiblePlacement(brokers, 4, 2)?.flat()).not.toContain(2);
  expect(possiblePlacement(brokers, 1, 3)?.flat()).toContain(2);
});

test("spreads over all racks before using one twice, and leads from every broker", () => {
  const brokers = [1, 2, 3, 4].map((id) => ({ id, rack: id < 3 ? "a" : "b", up: true }));
  const placement = possiblePlacement(brokers, 8, 2) ?? [];
  for (const replicas of placement) expect(replicas.filter((id) => id < 3)).toHaveLength(1);
  expect(new Set(placement.map(([leader]) => leader))).toEqual(new Set([1, 2, 3, 4]));
});
