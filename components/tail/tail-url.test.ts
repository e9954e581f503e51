import { createLoader } from "nuqs/server";
import { describe, expect, test } from "vitest";
import { tailQuery } from "#lib/contracts/tail.ts";
import {
  continuesFrom,
  formatAddress,
  isFiltered,
  parseAddress,
  tailQueryUrl,
  tailSearchOf,
  tailUrl,
} from "./tail-url.ts";

const load = createLoader(tailUrl);
const search = (address: string) => tailSearchOf(load(`?${address}`));

describe("the query of the API, by the page's address", () => {
  test("nothing is chosen: no query", () => {
    expect(search("")).toBeNull();
    expect(search("contains=x&from=earliest")).toBeNull();
  });

  test("only what differs from the default is said", () => {
    expect(search("topics=orders&from=now&isolation=uncommitted&keyAs=auto&case=false")).toEqual({ topics: "orders" });
  });

  test("all of it", () => {
    const all =
      "pattern=^orders&internal=true&from=-5m&isolation=committed&quiet=5&contains=a&without=b&key=&header=h&case=true&keyAs=int64&valueAs=hex";
    expect(search(all)).toEqual({
      pattern: "^orders",
      internal: "true",
      from: "-5m",
      isolation: "committed",
      quiet: "5",
      contains: "a",
      without: "b",
      key: "",
      header: "h",
      case: "true",
      keyAs: "int64",
      valueAs: "hex",
    });
  });

  test("what the API would refuse for many topics is left out", () => {
    expect(search("topics=a,b&partitions=0&pattern=x")).toEqual({ topics: "a,b" });
    expect(search("topics=a&partitions=0&internal=true")).toEqual({ topics: "a", partitions: "0" });
  });

  test("every query that it makes is one that the API takes", () => {
    for (const address of [
      "topics=a,b&quiet=3",
      "topics=a&partitions=0-3&from=offset:9",
      "pattern=^x&internal=true",
      "topics=a&key=",
    ]) {
      expect(tailQuery.safeParse(search(address)).error).toBeUndefined();
    }
  });

  test("knows every key of the API's query", () => {
    expect(Object.keys(tailQueryUrl).sort()).toEqual(Object.keys(tailQuery.shape).sort());
  });
});

test("another filter goes on from where the list begins; another source or start begins anew", () => {
  expect(continuesFrom({ topics: "a" }, { topics: "a", contains: "x" })).toBe(true);
  expect(continuesFrom({ topics: "a" }, { topics: "b" })).toBe(false);
  expect(continuesFrom({ topics: "a" }, { topics: "a", from: "-5m" })).toBe(false);
  expect(continuesFrom({ topics: "a", from: "-5m" }, { topics: "a", from: "-5m", contains: "x" })).toBe(false);
});

test("only what leaves messages out is a filter", () => {
  expect(isFiltered({ topics: "a", valueAs: "hex", case: "true" })).toBe(false);
  expect(isFiltered({ topics: "a", key: "" })).toBe(true);
});

describe("the address of an open message", () => {
  test("reads back, hyphens in names too", () => {
    const address = { topic: "orders-eu-1", partition: 3, offset: "9007199254740993" };
    expect(formatAddress(address)).toBe("orders-eu-1-3@9007199254740993");
    expect(parseAddress("orders-eu-1-3@9007199254740993")).toEqual(address);
  });

  test.each([null, "", "orders", "orders-3", "orders-3@", "orders-3@-1", "orders-x@1", "a/b-1@2", "orders-3@01"])(
    "%j is none",
    (text) => {
      expect(parseAddress(text)).toBeNull();
    },
  );
});
