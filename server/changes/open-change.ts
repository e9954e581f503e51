import { ProblemError } from "#lib/problem.ts";
import type { AnswerBudget } from "../answer-budget.ts";
import type { ClusterContext } from "../context.ts";
import type { ClusterSettings } from "../settings/cluster-settings.ts";
import type { Change, EndedPartition, IntendedPartition, Outcome, Recorded } from "./change.ts";
import { newChangeId } from "./change-id.ts";
import { type IntentRecord, MAX_SENTENCE, type OutcomeRecord } from "./log-record.ts";
import { isPassing, type KeyedRecord, LogWrite } from "./log-write.ts";
import { splitRecord } from "./split-record.ts";
import { maskSecrets, secretsOf, withoutSecrets } from "./without-secrets.ts";

/** How long a change waits for its intent to be stored: a leader that died is replaced within that. */
const REQUIRED_INTENT_MS = 7_000;
const INTENT_MS = 3_000;
/** How long an answer waits for its outcome to be stored. The change has been made: it is told, and the record goes on. */
const OUTCOME_MS = 3_000;
/** The same when its intent could not be stored either: the change waited for that already. */
const LATE_MS = 1_000;
const LATER_MS = 60_000;
/** Of an answer's time, what is kept for the change itself and its outcome while its intent is being stored. */
export const APPLY_RESERVE_MS = 5_000;
/** Of the same, what a change keeps for the record of its outcome. */
export const OUTCOME_RESERVE_MS = 1_000;
/** Of what isn't about partitions. */
const MAX_ACTOR = 256;
const MAX_TARGET_TEXT = 500;

/** A change that is being recorded. */
export interface ChangeRecord {
  /** Null when nothing is recorded (`audit: off`). */
  readonly id: string | null;
  /** Records how it ended. Never throws. */
  end(outcome: Outcome): Promise<Pick<Recorded<unknown>, "change" | "recordProblem">>;
  /** Records that it failed, or that its answer never came. Never throws. */
  fail(why: string, uncertain: boolean): Promise<void>;
}

export const unrecorded: ChangeRecord = {
  id: null,
  end: async () => ({ change: null, recordProblem: null }),
  fail: async () => {},
};

/** What a log is to its records. */
export interface LogHost extends Pick<ClusterContext, "cluster" | "kafka"> {
  readonly instance: string;
  readonly now: () => number;
  /** Aborted when the server closes. */
  readonly closing: AbortSignal;
  /** Does what nobody waits for any more, but for a shutdown; or not, when too much of that is under way. */
  readonly later: (write: () => Promise<void>) => void;
}

/** One change on its way into the log: its intent first, then its outcome. */
export class OpenChange implements ChangeRecord {
  readonly id: string;
  readonly #host: LogHost;
  readonly #change: Change;
  readonly #by: { readonly actor: string; readonly requestId: string };
  readonly #secrets: readonly string[];
  readonly #budget: AnswerBudget | null;
  readonly #intent: LogWrite;
  /** Why the intent was not stored before the change began. */
  #unrecorded: ProblemError | null = null;

  /** @param budget the time that its answer has; null: each phase waits as long as it does at most */
  constructor(
    host: LogHost,
    change: Change,
    by: { readonly actor: string; readonly requestId: string },
    budget: AnswerBudget | null = null,
  ) {
    this.id = newChangeId(host.now());
    this.#host = host;
    this.#change = change;
    this.#by = by;
    this.#budget = budget;
    this.#secrets = secretsOf(host.cluster);
    const { before, after, partitions = [] } = change;
    this.#intent = this.#write({ ...this.#common(), phase: "intent" }, { before, after }, partitions);
  }

  /**
   * Stores the intent, or finds out that it can't be.
   * @throws {ProblemError} with `audit: required` only: change-log-missing, change-log-unwritable; else and then: cancelled
   */
  async intend(signal: AbortSignal): Promise<void> {
    const { cluster, closing } = this.#host;
    const required = cluster.audit === "required";
    try {
      const ms = this.#within(required ? REQUIRED_INTENT_MS : INTENT_MS, APPLY_RESERVE_MS);
      await this.#intent.run(ms, AbortSignal.any([signal, closing]));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const gone = signal.aborted || closing.aborted;
      if (gone || required) this.#withdraw();
      if (gone) throw error;
      if (required) throw refusal(cluster, error);
      this.#unrecorded = error;
    }
  }

  /** As if the intent had failed for this reason. @throws {ProblemError} change-log-unwritable with `audit: required` */
  giveUp(why: ProblemError): void {
    if (this.#host.cluster.audit === "required") throw refusal(this.#host.cluster, why);
    this.#unrecorded = why;
  }

  async end({
    state = "done",
    detail,
    partitions = [],
  }: Outcome): Promise<Pick<Recorded<unknown>, "change" | "recordProblem">> {
    const uncertain = partitions.some(({ outcome }) => outcome === "unknown" || outcome === "overwritten");
    return this.#conclude({ state, failure: null, uncertain: state === "failed" && uncertain }, { detail }, partitions);
  }

  async fail(why: string, uncertain: boolean): Promise<void> {
    const failure = maskSecrets(why, this.#secrets).slice(0, MAX_SENTENCE);
    await this.#conclude({ state: "failed", failure, uncertain }, {}, []);
  }

  async #conclude(
    outcome: Pick<OutcomeRecord, "state" | "failure" | "uncertain">,
    body: { readonly detail?: unknown },
    partitions: readonly EndedPartition[],
  ): Promise<Pick<Recorded<unknown>, "change" | "recordProblem">> {
    const { cluster, closing } = this.#host;
    const told = this.#unrecorded;
    // There was no log to write to; it isn't made meanwhile, unasked.
    if (told?.code === "topic-not-found" || told?.code === "change-log-unwritable") {
      return { change: null, recordProblem: problemSentence(cluster, told) };
    }
    const write = this.#write({ ...this.#common(), ...outcome, phase: "outcome" }, body, partitions);
    try {
      if (!this.#intent.isStored) await this.#intent.run(this.#within(LATE_MS), closing);
      await write.run(this.#within(told === null ? OUTCOME_MS : LATE_MS), closing);
      const late = `It is on record, but its intent only since it was made: before, the change log could not be written. ${told?.message ?? ""}`;
      return { change: this.id, recordProblem: told === null ? null : late.trim() };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const goesOn = isPassing(error);
      if (goesOn) this.#goOn(write);
      if (!this.#intent.isStored) return { change: null, recordProblem: problemSentence(cluster, error, goesOn) };
      const ending = goesOn ? "how it ended isn't yet, and is tried for another minute" : "how it ended isn't";
      return { change: this.id, recordProblem: `That it was tried is on record; ${ending}. ${error.message}` };
    }
  }

  #within(ms: number, reserveMs = 0): number {
    return this.#budget?.share(ms, reserveMs) ?? ms;
  }

  /** What may stand in the log of an intent that isn't carried out. */
  #withdraw(): void {
    if (!this.#intent.mayBeStored) return;
    const outcome = {
      state: "failed",
      failure: "It was not begun: its intent could not be recorded in time.",
      uncertain: false,
    } as const;
    this.#goOn(this.#write({ ...this.#common(), ...outcome, phase: "outcome" }, {}, []), false);
  }

  /** Nobody waits for it any more. */
  #goOn(write: LogWrite, intentToo = true): void {
    const { closing, later } = this.#host;
    later(async () => {
      if (intentToo && !this.#intent.isStored) await this.#intent.run(LATER_MS, closing);
      await write.run(LATER_MS, closing);
    });
  }

  #common(): Omit<IntentRecord, "part" | "parts" | "slice" | "partitions" | "phase"> {
    const { action, target, targetText = "", undoes = null, partitions = [] } = this.#change;
    return {
      tailrace: 1,
      id: this.id,
      ...{ action, target },
      actor: this.#by.actor.slice(0, MAX_ACTOR),
      requestId: this.#by.requestId,
      instance: this.#host.instance,
      atMs: Math.trunc(this.#host.now()),
      targetText: maskSecrets(targetText, this.#secrets).slice(0, MAX_TARGET_TEXT),
      undoes,
      partitionCount: partitions.length,
    };
  }

  #write(
    common: Parameters<typeof splitRecord>[0],
    body: { readonly before?: unknown; readonly after?: unknown; readonly detail?: unknown },
    partitions: readonly (IntendedPartition | EndedPartition)[],
  ): LogWrite {
    const says = Object.values(body).some((value) => value !== undefined && value !== null);
    const json = says ? JSON.stringify(withoutSecrets(body, this.#secrets)) : "";
    const parts = splitRecord(
      common,
      json,
      partitions.map((one) => this.#clipped(one)),
    );
    // A key of its own for each record: also a log that somebody had compacted keeps them all.
    const records: KeyedRecord[] = parts.map((part, index) => ({
      key: `${this.id}/${common.phase}/${index + 1}`,
      json: part,
    }));
    return new LogWrite(this.#host, records);
  }

  #clipped<P extends IntendedPartition | EndedPartition>(partition: P): P {
    if (!("detail" in partition) || partition.detail === null) return partition;
    return { ...partition, detail: maskSecrets(partition.detail, this.#secrets).slice(0, MAX_SENTENCE) };
  }
}

function refusal({ changesTopic }: ClusterSettings, cause: ProblemError): ProblemError {
  return cause.code === "topic-not-found"
    ? new ProblemError(
        "change-log-missing",
        `Nothing was changed: there is no change log (topic ${changesTopic}), and this cluster's settings say that nothing is changed without a record. Create it on the page Changes.`,
        { cause },
      )
    : new ProblemError(
        "change-log-unwritable",
        `Nothing was changed: the change log (topic ${changesTopic}) can't be written, and this cluster's settings say that nothing is changed without a record. ${cause.message}`,
        { cause },
      );
}

function problemSentence({ changesTopic }: ClusterSettings, why: ProblemError, goesOn = false): string {
  if (goesOn) {
    return `It is not on record yet, and that is tried for another minute: the change log (topic ${changesTopic}) can't be written. ${why.message}`;
  }
  return why.code === "topic-not-found"
    ? `It is not on record: there is no change log (topic ${changesTopic}). Create it on the page Changes to have the next change recorded.`
    : `It is not on record: the change log (topic ${changesTopic}) can't be written. ${why.message}`;
}
