import fc from "fast-check";
import { expect, test } from "vitest";
import { LABEL_GAP_PX, placeLabels } from "./labels.ts";

const TRACK = 1_000;
const wanted = fc
  .array(
    fc.record({
      from: fc.integer({ min: 0, max: TRACK }),
      length: fc.integer({ min: 0, max: 60 }),
      width: fc.integer({ min: 20, max: 400 }),
    }),
    { maxLength: 30 },
  )
  .map((labels) =>
    labels.map(({ from, length, width }, index) => ({
      key: String(index),
      from,
      to: Math.min(TRACK, from + length),
      width,
    })),
  );

test("labels stay on the track and cover neither each other nor lines", () => {
  fc.assert(
    fc.property(wanted, fc.integer({ min: 1, max: 6 }), (labels, maxRows) => {
      const placed = placeLabels(labels, TRACK, maxRows);
      const boxes = placed.map((label) => {
        const { width = 0 } = labels.find(({ key }) => key === label.key) ?? {};
        return { ...label, right: label.left + width };
      });
      for (const box of boxes) {
        expect(box.row).toBeLessThan(maxRows);
        expect(box.left).toBeGreaterThanOrEqual(0);
        expect(box.right).toBeLessThanOrEqual(TRACK);
        for (const other of boxes) {
          if (other.key === box.key) continue;
          if (other.row === box.row) {
            expect(other.right + LABEL_GAP_PX <= box.left || box.right + LABEL_GAP_PX <= other.left).toBe(true);
          }
          // The other's line goes from the track down to its row.
          const crosses = other.row >= box.row && other.x > box.left && other.x < box.right;
          expect(crosses).toBe(false);
        }
      }
    }),
  );
});

test("a label stands at the side with more room, next to the track when it can", () => {
  const [left, right] = placeLabels(
    [
      { key: "a", from: 100, to: 100, width: 200 },
      { key: "b", from: 900, to: 900, width: 200 },
    ],
    TRACK,
    3,
  );
  expect(left).toMatchObject({ key: "a", row: 0, side: "right", left: 108 });
  expect(right).toMatchObject({ key: "b", row: 0, side: "left", left: 692 });
});

test("marks close together get rows of their own, the line of the later one beside the earlier label", () => {
  const placed = placeLabels(
    [
      { key: "a", from: 700, to: 700, width: 200 },
      { key: "b", from: 720, to: 720, width: 200 },
      { key: "c", from: 740, to: 740, width: 200 },
    ],
    TRACK,
    3,
  );
  expect(placed.map(({ row, side }) => [row, side])).toEqual([
    [0, "left"],
    [1, "left"],
    [2, "left"],
  ]);
});

test("what finds no room has no label", () => {
  expect(placeLabels([{ key: "a", from: 10, to: 10, width: 2_000 }], TRACK, 3)).toEqual([]);
});
