import { expect, test } from "vitest";
import type { BatchPage } from "#lib/contracts/segment-batches.ts";
import { byteAt, fileStrip } from "./file-strip.ts";
import { storedBatch } from "./stored-batch.fixture.ts";

const page = (differs: Partial<BatchPage>): BatchPage => ({
  brokerId: 1,
  file: "0.log",
  fileBytes: "1000",
  batches: [],
  nextPosition: null,
  damage: [],
  bytesRead: "0",
  observedAtMs: 0,
  ...differs,
});

test("batches are as wide as their bytes, the page as its share of the file", () => {
  const strip = fileStrip(
    page({
      batches: [storedBatch({ position: "500", sizeBytes: 100 }), storedBatch({ position: "600", sizeBytes: 300 })],
      nextPosition: "900",
    }),
  );
  expect(strip?.page).toEqual({ from: 50, width: 40 });
  expect(strip?.blocks.map(({ from, width }) => [from, width])).toEqual([
    [0, 25],
    [25, 75],
  ]);
  expect([strip?.fromByte, strip?.toByte]).toEqual([500n, 900n]);
});

test("what can't be read between two batches stays open; the last page ends where its last batch does", () => {
  const strip = fileStrip(
    page({ batches: [storedBatch({ sizeBytes: 100 }), storedBatch({ position: "300", sizeBytes: 100 })] }),
  );
  expect(strip?.blocks.map(({ from, width }) => [from, width])).toEqual([
    [0, 25],
    [75, 25],
  ]);
  expect(strip?.page).toEqual({ from: 0, width: 40 });
});

test("no batch, no strip; a file that grew meanwhile is as long as its last batch says", () => {
  expect(fileStrip(page({}))).toBeNull();
  const grown = fileStrip(page({ fileBytes: "50", batches: [storedBatch({ sizeBytes: 100 })] }));
  expect(grown?.page).toEqual({ from: 0, width: 100 });
});

test("a place on the file's bar is a byte of it, never outside", () => {
  expect(byteAt("1000", 0.5)).toBe("500");
  expect(byteAt("1000", -1)).toBe("0");
  expect(byteAt("1000", 7)).toBe("1000");
  expect(byteAt("9007199254740993", 1)).toBe("9007199254740993");
});
