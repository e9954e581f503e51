import { randomUUID } from "node:crypto";
import type { ChangeDetail, ChangeList, listChanges, Recording } from "#lib/contracts/changes.ts";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../context.ts";
import type { Change, Outcome, Recorded } from "./change.ts";

export interface ChangeRecord {
  /** Null with `audit: off`. */
  readonly id: string | null;
  end(outcome: Outcome): Promise<Pick<Recorded<unknown>, "change" | "recordProblem">>;
  fail(why: string, uncertain: boolean): Promise<void>;
}

/** The change log of one cluster: a topic in it. */
export class ChangeLog {
  readonly #ctx: Pick<ClusterContext, "cluster" | "kafka" | "reading" | "decoders">;

  constructor(ctx: Pick<ClusterContext, "cluster" | "kafka" | "reading" | "decoders">) {
    this.#ctx = ctx;
  }

  async begin(
    _change: Change,
    _by: { readonly actor: string; readonly requestId: string },
    _signal: AbortSignal,
  ): Promise<ChangeRecord> {
    return {
      id: randomUUID(),
      end: async () => ({ change: null, recordProblem: null }),
      fail: async () => {},
    };
  }

  async recording(_signal: AbortSignal): Promise<Recording> {
    const { audit, changesTopic } = this.#ctx.cluster;
    return { audit, topic: changesTopic, state: "missing", detail: "There is no change log yet." };
  }

  async list(_query: ParsedInput<typeof listChanges>["query"], signal: AbortSignal): Promise<ChangeList> {
    const recording = await this.recording(signal);
    return { recording, changes: [], more: false, unreadable: 0, missing: [], observedAtMs: Date.now() };
  }

  /** @throws {ProblemError} change-not-found */
  async get(id: string, _signal: AbortSignal): Promise<ChangeDetail> {
    throw new ProblemError("change-not-found", `The change log holds no change ${id}.`);
  }

  create(_by: { readonly actor: string; readonly requestId: string }, signal: AbortSignal): Promise<Recording> {
    return this.recording(signal);
  }

  close(): void {}
}
