import { infiniteQueryOptions, mutationOptions, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { call } from "../api-client.ts";
import type { EndpointInput, EndpointOutput } from "../contracts/endpoint.ts";
import type { PayloadFormat, TailRow } from "../contracts/message-row.ts";
import { downloadMessage, getMessage, listMessages, type newMessage, sendMessage } from "../contracts/messages.ts";
import { queryKeys } from "./keys.ts";

/** Where a message lies. */
export interface MessagePlace {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

export interface MessageFormats {
  readonly keyAs: PayloadFormat;
  readonly valueAs: PayloadFormat;
}

/** A message never changes; what became of its transaction may. */
const OPEN_TRANSACTION_POLL_MS = 2_000;
const MESSAGE_FRESH_MS = 60_000;
/** A megabyte each: those that were looked at last are enough. */
const MESSAGE_KEPT_MS = 30_000;

const guessedFormats: MessageFormats = { keyAs: "auto", valueAs: "auto" };

const MESSAGE = "message";

function messageKey(cluster: string, { topic, partition, offset }: MessagePlace) {
  return [...queryKeys.topic(cluster, topic), MESSAGE, partition, offset] as const;
}

/** A name may be "message" too: what tells is its place in the key. */
export function isMessageKey(key: readonly unknown[]): boolean {
  return key[queryKeys.topic("", "").length] === MESSAGE;
}

export function messageQuery(cluster: string, place: MessagePlace, formats: MessageFormats = guessedFormats) {
  return queryOptions({
    queryKey: [...messageKey(cluster, place), formats.keyAs, formats.valueAs],
    queryFn: ({ signal }) =>
      call(getMessage, { cluster, ...place, partition: String(place.partition), query: { ...formats } }, { signal }),
    staleTime: MESSAGE_FRESH_MS,
    gcTime: MESSAGE_KEPT_MS,
    structuralSharing: false,
    retry: false,
    refetchInterval: ({ state }) => (state.data?.transaction === "open" ? OPEN_TRANSACTION_POLL_MS : false),
    refetchIntervalInBackground: false,
  });
}

/** One page looks at a bounded stretch of offsets; so many empty ones, and it gives up. */
const MAX_STRETCHES = 8;
const NEIGHBOUR_FRESH_MS = 5_000;

/**
 * The offset of the nearest message before or after a place, over whatever gap there is; null when there is none. The last
 * message's next one may arrive any moment.
 */
export function neighbourQuery(cluster: string, place: MessagePlace, direction: "before" | "after") {
  return queryOptions({
    queryKey: [...messageKey(cluster, place), direction],
    queryFn: ({ signal }) => findNeighbour(cluster, place, direction, signal),
    staleTime: NEIGHBOUR_FRESH_MS,
    retry: false,
  });
}

async function findNeighbour(
  cluster: string,
  { topic, partition, offset }: MessagePlace,
  direction: "before" | "after",
  signal: AbortSignal,
): Promise<string | null> {
  let from: string | null = direction === "after" ? String(BigInt(offset) + 1n) : offset;
  for (let stretch = 0; stretch < MAX_STRETCHES && from !== null; stretch++) {
    const query: EndpointInput<typeof listMessages>["query"] = {
      partition: String(partition),
      offset: from,
      direction,
      limit: 1,
    };
    const page: EndpointOutput<typeof listMessages> = await call(listMessages, { cluster, topic, query }, { signal });
    const found = page.rows.filter((row) => Array.isArray(row)).at(direction === "after" ? 0 : -1);
    if (found !== undefined) return offsetOf(found);
    from = page.next === from ? null : page.next;
  }
  return null;
}

/** As many as fit a panel some times over: most batches are shorter. */
const STRETCH_PAGE = 200;

/** What Kafka serves of a partition from one offset to another, both inclusive, page by page as it is asked for. */
export function stretchQuery(
  cluster: string,
  { topic, partition, offset }: MessagePlace,
  lastOffset: string,
  formats: MessageFormats = guessedFormats,
) {
  const until = String(BigInt(lastOffset) + 1n);
  return infiniteQueryOptions({
    queryKey: [...queryKeys.partition(cluster, topic, partition), "stretch", offset, lastOffset, formats],
    queryFn: ({ pageParam, signal }) => {
      const query = { partition: String(partition), offset: pageParam, until, limit: STRETCH_PAGE, ...formats };
      return call(listMessages, { cluster, topic, query }, { signal });
    },
    initialPageParam: offset,
    getNextPageParam: ({ next }, _pages, from) => (next === from ? null : next),
    staleTime: MESSAGE_FRESH_MS,
    gcTime: MESSAGE_KEPT_MS,
    structuralSharing: false,
    retry: false,
  });
}

function offsetOf(row: Extract<TailRow, readonly unknown[]>): string {
  return row[1];
}

/** Where a key's or value's bytes can be saved from, as they are. */
export function payloadUrl(cluster: string, { topic, partition, offset }: MessagePlace, part: "key" | "value"): string {
  const params: Record<string, string> = { cluster, topic, partition: String(partition), offset };
  const path = downloadMessage.path.replace(/:([a-zA-Z]+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ""),
  );
  return `${path}?part=${part}`;
}

export function sendMessageMutation(cluster: string, topic: string) {
  return mutationOptions({
    mutationKey: [...queryKeys.topic(cluster, topic), "send"],
    mutationFn: (message: z.input<typeof newMessage>) => call(sendMessage, { cluster, topic, body: message }),
  });
}
