"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { parseAsString, useQueryState, useQueryStates } from "nuqs";
import { useEffect, useRef } from "react";
import { segmentsUrl } from "#components/segments/segments-url.ts";
import { useCluster } from "#components/shell/cluster-context.tsx";
import type { Located } from "#lib/contracts/segment-look-ups.ts";
import { type LocateTarget, locateQuery, type PartitionPlace } from "#lib/queries/segments.ts";
import { segmentOf } from "./segment-of.ts";

export interface AskedFor {
  readonly target: LocateTarget | null;
  /** What the address says and can't be read. */
  readonly unread: { readonly by: "offset" | "time"; readonly text: string } | null;
}

/** As they stand in the address: what can't be read is told, not dropped. */
const asWritten = { offset: parseAsString, at: parseAsString };
const MAX_UNREAD_LENGTH = 100;

/** What the address asks for: an offset, or a time; the offset, when it names both. */
function useAskedFor() {
  const [{ offset, at }, setUrl] = useQueryStates(asWritten);
  return {
    ...askedFor(offset, at),
    /** Each look-up is a step back for the browser's own button. */
    aim: (next: LocateTarget) =>
      setUrl("offset" in next ? { offset: next.offset, at: null } : { offset: null, at: next.timestampMs }, {
        history: "push",
      }),
  };
}

function askedFor(offset: string | null, at: string | null): AskedFor {
  const unread = (by: "offset" | "time", text: string) => ({
    target: null,
    unread: { by, text: text.slice(0, MAX_UNREAD_LENGTH) },
  });
  if (offset !== null) {
    const whole = segmentsUrl.offset.parse(offset);
    return whole === null ? unread("offset", offset) : { target: { offset: whole }, unread: null };
  }
  if (at === null) return { target: null, unread: null };
  const whole = segmentsUrl.at.parse(at);
  return whole === null ? unread("time", at) : { target: { timestampMs: whole }, unread: null };
}

export type Find = ReturnType<typeof useFind>;

/** The look-up that the address asks for, in one replica. The segment that it leads to is the one that is selected then. */
export function useFind(place: PartitionPlace, broker: number) {
  const cluster = useCluster();
  const client = useQueryClient();
  const { target, unread, aim } = useAskedFor();
  const options = locateQuery(cluster.name, place, target ?? { offset: "0" }, broker);
  const query = useQuery({ ...options, enabled: target !== null });
  const { refetch } = query;
  const select = useSelectFound(query.data);
  return {
    target,
    unread,
    query,
    /** The same again is looked for again. */
    find: (next: LocateTarget) => {
      select();
      if (target !== null && JSON.stringify(target) === JSON.stringify(next)) void refetch();
      else void aim(next);
    },
    cancel: () => client.cancelQueries({ queryKey: options.queryKey }),
  };
}

/**
 * Selects the segment that a look-up led to, once for each. A link that selects another one keeps it.
 * @returns to be called when somebody looks for something: then what is found replaces what is selected
 */
function useSelectFound(located: Located | undefined): () => void {
  const [segment, setSegment] = useQueryState("segment", segmentsUrl.segment);
  const handled = useRef<Located>(undefined);
  const replaces = useRef(false);
  useEffect(() => {
    if (located === undefined || handled.current === located) return;
    const found = segmentOf(located);
    if (found !== null && (replaces.current || segment === null)) void setSegment(found, { history: "replace" });
    handled.current = located;
    replaces.current = false;
  }, [located, segment, setSegment]);
  return () => {
    replaces.current = true;
  };
}
