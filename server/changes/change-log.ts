import { hostname } from "node:os";
import type { ChangeDetail, ChangeList, listChanges, Recording } from "#lib/contracts/changes.ts";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { MissingPart } from "#lib/contracts/kafka.ts";
import { ProblemError } from "#lib/problem.ts";
import type { AnswerBudget } from "../answer-budget.ts";
import { SharedRead } from "../clusters/shared-read.ts";
import { logger } from "../logger.ts";
import type { Change } from "./change.ts";
import { MAX_CHANGES } from "./change-index.ts";
import { createLogTopic } from "./create-log-topic.ts";
import { describeRecording } from "./describe-recording.ts";
import { LogReader, type LogSight } from "./log-reader.ts";
import { APPLY_RESERVE_MS, type ChangeRecord, type LogHost, OpenChange, unrecorded } from "./open-change.ts";
import type { Reading } from "./read-log.ts";

/** How long a change waits to learn whose messages the topic holds. */
const WHOSE_MS = 2_000;
/** Records that are still being written though nobody waits for them any more. */
const MAX_LATER = 100;
/** How long a shutdown waits for them. */
const GOODBYE_MS = 1_000;
/** The same while a change is being made: half of one without its outcome is what the log is there to prevent. */
const UNDER_WAY_MS = 2_500;
const MAX_INSTANCE = 300;

type By = { readonly actor: string; readonly requestId: string };

/**
 * The change log of one cluster: a topic in it, of one partition. What is told of it is what was read back from the topic, so
 * that several servers agree and a restart forgets nothing. The topic is never made unasked.
 * @see docs/adr/0008
 */
export class ChangeLog {
  readonly #ctx: Reading;
  readonly #host: LogHost;
  readonly #reader: LogReader;
  readonly #looks: SharedRead<LogSight>;
  readonly #recordings: SharedRead<Recording>;
  readonly #closing = new AbortController();
  readonly #later = new Set<Promise<void>>();
  /** Changes that have begun, until their outcome is on record or given up. */
  readonly #underWay = new Set<Promise<void>>();
  #seenAtMs = 0;

  /** @param options for tests: `now`, this server's clock; `instance`, its name in the log */
  constructor(ctx: Reading, { now = Date.now, instance = `${hostname()}/${process.pid}` } = {}) {
    this.#ctx = ctx;
    this.#reader = new LogReader(ctx);
    this.#looks = new SharedRead((signal) => this.#reader.look(signal), 0);
    this.#recordings = new SharedRead((signal) => describeRecording(ctx, this.#isForeign, signal), 0);
    this.#host = {
      ...{ cluster: ctx.cluster, kafka: ctx.kafka, now, instance: instance.slice(0, MAX_INSTANCE) },
      closing: this.#closing.signal,
      later: (write) => this.#doLater(write),
    };
  }

  /**
   * Stores what is about to be changed. Only `recordChange` calls it.
   * @param budget the time that the whole change has
   * @throws {ProblemError} change-log-missing, change-log-unwritable (both with `audit: required` only); cancelled
   */
  async begin(change: Change, by: By, signal: AbortSignal, budget: AnswerBudget | null = null): Promise<ChangeRecord> {
    if (this.#ctx.cluster.audit === "off") return unrecorded;
    const open = new OpenChange(this.#host, change, by, budget);
    if (await this.#holdsOthers(signal, budget?.share(WHOSE_MS, APPLY_RESERVE_MS))) {
      open.giveUp(
        new ProblemError(
          "change-log-unwritable",
          "It holds messages that aren't Tailrace's: name another topic in the settings (changesTopic), or empty this one.",
        ),
      );
    } else await open.intend(signal);
    return this.#awaited(open);
  }

  /** Whether a change that is made now would be recorded. @throws {ProblemError} cancelled */
  async recording(signal: AbortSignal): Promise<Recording> {
    await this.#holdsOthers(signal);
    return (await this.#recordings.get(signal)).value;
  }

  /**
   * Makes the topic, and that its first change. One that is there already is left as it is.
   * @throws {ProblemError} as `createLogTopic`
   */
  async create(by: By, signal: AbortSignal): Promise<Recording> {
    const { name, changesTopic } = this.#ctx.cluster;
    const told = { cluster: name, ...by, action: "create-change-log", target: { topic: changesTopic } };
    logger.info({ change: { ...told, phase: "intent" } }, told.action);
    try {
      const made = await createLogTopic(this.#ctx, signal);
      logger.info({ change: { ...told, phase: "done", made: made !== null } }, told.action);
      this.#ctx.reading.forgetTopic(changesTopic);
      if (made !== null) {
        const change: Change = {
          action: "create-change-log",
          target: { topic: changesTopic },
          before: null,
          after: made,
        };
        const open = new OpenChange(this.#host, change, by);
        // The topic has been made: that this isn't on record is no failure of it.
        await open.intend(signal).catch(() => {});
        await open.end({});
      }
    } catch (error) {
      logger.warn({ change: { ...told, phase: "failed", why: String(error) } }, told.action);
      throw error;
    }
    this.#recordings.forget();
    return this.recording(signal);
  }

  /**
   * The changes, newest first: in the order of the log, whatever their servers' clocks said.
   * @throws {ProblemError} when nothing has been read yet: kafka-forbidden, broker-unreachable, cluster-unreachable,
   *   deadline-exceeded; cancelled
   */
  async list(
    {
      before = null,
      limit,
      group,
      topic,
    }: Omit<ParsedInput<typeof listChanges>["query"], "before"> & {
      before?: string | null | undefined;
    },
    signal: AbortSignal,
  ): Promise<ChangeList> {
    const [recording, { sight, problem, observedAtMs }] = await Promise.all([
      this.recording(signal),
      this.#see(signal),
    ]);
    const wanted: Parameters<LogSight["index"]["list"]>[0] = ({ header, topics }) =>
      (group === undefined || header.target.group === group) &&
      (topic === undefined || header.target.topic === topic || topics.has(topic));
    const { changes, more } = sight?.index.list(wanted, before, limit, sight.older === null) ?? {
      changes: [],
      more: false,
    };
    return {
      recording,
      changes,
      more: more || sight?.older === "not-yet",
      unreadable: sight?.index.unreadable ?? 0,
      missing: [...(problem === null ? [] : [newest(problem)]), ...(more ? [] : older(sight, recording.topic))],
      observedAtMs,
    };
  }

  /**
   * One change, with all its partitions, read again from the topic.
   * @throws {ProblemError} change-not-found, kafka-forbidden, broker-unreachable, cluster-unreachable, deadline-exceeded,
   *   cancelled
   */
  async get(id: string, signal: AbortSignal): Promise<ChangeDetail> {
    const { sight, problem } = await this.#see(signal);
    const found = sight?.index.find(id, sight.older === null) ?? null;
    if (found === null) {
      // It may be among those that could not be read just now.
      if (problem !== null) throw problem;
      const { changesTopic } = this.#ctx.cluster;
      throw new ProblemError(
        "change-not-found",
        `The change log (topic ${changesTopic}) holds no change ${id} among those in sight. Older ones stand in the topic itself, unless they were deleted from it.`,
      );
    }
    const { change, offsets } = found;
    const { cut, ...whole } = await this.#reader.whole(id, offsets, signal);
    if (!cut) return { ...change, ...whole };
    const lost = "Parts of its record are missing: what was there before isn't known of every partition.";
    const notUndoable = change.notUndoable ?? (whole.partitions.length < change.partitionCount ? lost : null);
    return { ...change, ...whole, incomplete: true, notUndoable };
  }

  /** Waits a moment for the changes that are being made, and for what is still being written. */
  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#underWay.size > 0 ? UNDER_WAY_MS : GOODBYE_MS);
    });
    // What a change leaves to be written later is known once it has ended.
    const all = Promise.all(this.#underWay).then(() => Promise.all(this.#later));
    await Promise.race([all, enough]);
    clearTimeout(timer);
    this.#closing.abort(new ProblemError("shutting-down", "Tailrace is shutting down. Try again in a moment."));
  }

  /** The same record; a shutdown waits for its end. */
  #awaited(record: ChangeRecord): ChangeRecord {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#underWay.add(promise);
    const over = () => {
      this.#underWay.delete(promise);
      resolve();
    };
    return {
      id: record.id,
      end: (outcome) => record.end(outcome).finally(over),
      fail: (why, uncertain) => record.fail(why, uncertain).finally(over),
    };
  }

  #doLater(write: () => Promise<void>): void {
    if (this.#later.size >= MAX_LATER || this.#closing.signal.aborted) return;
    const writing = write().then(
      () => {},
      (error: unknown) => logger.warn({ why: String(error) }, "the outcome of a change is not on record"),
    );
    this.#later.add(writing);
    void writing.finally(() => this.#later.delete(writing));
  }

  /** The newest sight there is; older than asked for only when it can't be had, and then with the reason. */
  async #see(signal: AbortSignal): Promise<{
    readonly sight: LogSight | null;
    readonly problem: ProblemError | null;
    readonly observedAtMs: number;
  }> {
    try {
      const { value, observedAtMs } = await this.#looks.get(signal);
      this.#seenAtMs = observedAtMs;
      return { sight: value, problem: null, observedAtMs };
    } catch (error) {
      if (signal.aborted || !(error instanceof ProblemError)) throw error;
      if (error.code === "topic-not-found") return { sight: null, problem: null, observedAtMs: Date.now() };
      const { sight } = this.#reader;
      // Where it ends may be known before anything in it could be read.
      if (sight === null || this.#seenAtMs === 0) throw error;
      return { sight, problem: error, observedAtMs: this.#seenAtMs };
    }
  }

  /** As far as it was last seen. */
  get #isForeign(): boolean {
    return this.#reader.sight?.isForeign ?? false;
  }

  /** Whether the topic holds messages of which none is Tailrace's: somebody's data, named by mistake. */
  async #holdsOthers(signal: AbortSignal, withinMs = WHOSE_MS): Promise<boolean> {
    if ((this.#reader.sight?.index.size ?? 0) > 0) return false;
    const patience = AbortSignal.any([signal, AbortSignal.timeout(withinMs)]);
    // Whoever may write but not read can't tell; then it is written.
    await this.#looks.get(patience).catch(() => {});
    return this.#isForeign;
  }
}

function newest({ code, message }: ProblemError): MissingPart {
  return { part: "the newest changes", code, detail: message };
}

/** What isn't in sight behind the oldest change that is. */
function older(sight: LogSight | null, topic: string): MissingPart[] {
  switch (sight?.older ?? null) {
    case "not-yet":
      return [
        {
          part: "older changes",
          code: "deadline-exceeded",
          detail: "They are still being read. Look again in a moment.",
        },
      ];
    case "too-far":
      return [
        {
          part: "older changes",
          code: "not-found",
          detail: `Only the newest ${MAX_CHANGES.toLocaleString("en")} or so are kept in sight. Older ones stand in topic ${topic}: read it with kafka-console-consumer.sh.`,
        },
      ];
    default:
      return [];
  }
}
