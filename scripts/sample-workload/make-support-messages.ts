import type { Message } from "kafkajs";
import { integer, pick, times } from "./random.ts";

const TEXTS = [
  "Where is my parcel? It should have arrived on Monday.",
  "The discount code does not work in the app.",
  "我的订单还没有发货，请帮忙查一下。",
  "付款成功了，但是订单状态没有更新。谢谢！",
  "Können Sie mir bitte die Rechnung noch einmal schicken?",
  "¿Puedo cambiar la dirección de entrega?",
  "返品したいのですが、手続きを教えてください。",
  "Thanks, that solved it 👍",
] as const;

/** Sent by accident. */
const EMPTY_SHARE = 0.03;

/** Plain text in several languages, a few of them empty; one partition. */
export function makeSupportMessages(count: number): Message[] {
  return times(count, () => ({
    key: `ticket-${10_000 + integer(500)}`,
    value: Math.random() < EMPTY_SHARE ? "" : pick(TEXTS),
    headers: { "content-type": "text/plain; charset=utf-8" },
  }));
}
