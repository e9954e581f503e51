import { expect, test } from "vitest";
import { type PagesSeen, previousOf, withPage } from "./pages-seen.ts";
import { storedBatch } from "./stored-batch.fixture.ts";

const page = (position: string, nextPosition: string | null) => ({
  brokerId: 1,
  file: "0.log",
  fileBytes: "1000",
  batches: [storedBatch({ position })],
  nextPosition,
  damage: [],
  bytesRead: "0",
  observedAtMs: 0,
});
const none: PagesSeen = new Map();

test("the page before one that was come to by next is known", () => {
  const seen = withPage(withPage(none, page("0", "100")), page("100", "200"));
  expect(previousOf(seen, page("200", null))).toBe("100");
  expect(previousOf(seen, page("100", "200"))).toBe("0");
});

test("of a direct link only the first page is known to lie before; before the first lies nothing", () => {
  expect(previousOf(none, page("700", "800"))).toBeNull();
  expect(previousOf(none, page("0", "100"))).toBeUndefined();
});

test("a page that says nothing new changes nothing; the last one has nothing to say", () => {
  const seen = withPage(none, page("0", "100"));
  expect(withPage(seen, page("0", "100"))).toBe(seen);
  expect(withPage(seen, page("900", null))).toBe(seen);
});

test("a page that ends elsewhere after the file was compacted replaces what was known", () => {
  const seen = withPage(withPage(none, page("0", "100")), page("50", "100"));
  expect(previousOf(seen, page("100", null))).toBe("50");
});
