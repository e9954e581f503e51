import { ProblemError } from "#lib/problem.ts";

/** As much of a query as tells whether its answer is there. */
interface Read {
  readonly data: unknown;
  readonly error: Error | null;
}

/** Why the palette can't tell yet that nothing is called so. */
export type Unread = { readonly kind: "reading" } | { readonly kind: "failed"; readonly reason: string };

/** Null once all names are known; what was read before a failure is known. */
export function unreadNames(reads: {
  readonly topics: Read;
  readonly groups: Read;
  readonly brokers: Read;
}): Unread | null {
  const unread = Object.entries(reads).filter(([, { data }]) => data === undefined);
  if (unread.length === 0) return null;
  const failed = unread.filter(([, { error }]) => error !== null);
  if (failed.length === 0) return { kind: "reading" };
  const reasons = new Set(
    failed.map(([, { error }]) => (error instanceof ProblemError ? error.message : "An unexpected error.")),
  );
  const what = listed(failed.map(([name]) => name));
  return { kind: "failed", reason: `The ${what} could not be read. ${[...reasons].join(" ")}` };
}

/** "topics", "topics and brokers", "topics, groups and brokers". */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
