import type { Message } from "kafkajs";
import { integer, pick, times } from "./random.ts";

const ARTICLES = 300;
const TOMBSTONE_SHARE = 0.05;

/** The stock of each article, the latest state by key; an article that is given up becomes a tombstone. */
export function makeInventory(count: number): Message[] {
  return times(count, () => {
    const sku = `SKU-${1000 + integer(ARTICLES)}`;
    if (Math.random() < TOMBSTONE_SHARE) return { key: sku, value: null };
    const value = {
      sku,
      warehouse: pick(["Hamburg", "Rotterdam", "上海"]),
      available: integer(500),
      at: new Date().toISOString(),
    };
    return { key: sku, value: JSON.stringify(value) };
  });
}
