import { type API, type Connection, createAPI, Writer } from "@platformatic/kafka";
import { ProblemError } from "#lib/problem.ts";
import type { ClusterConnections, Question } from "./connections.ts";
import { WireReader } from "./wire-reader.ts";
import { WireWriter } from "./wire-writer.ts";

/** One request of Kafka's protocol, in every version Tailrace speaks. All of them use flexible headers (KIP-482). */
export interface BrokerRequest<Input, Answer> {
  /** The release that brought the oldest of these versions: "Kafka 3.3". */
  readonly since: string;
  readonly apis: readonly API<[Input], Answer>[];
}

/**
 * Describes a request by what it writes and how its answer is read. Error codes stay in the answer: what they mean
 * depends on who asks, and one failed partition must not hide the others (pf's own parsers throw).
 * @see https://kafka.apache.org/protocol
 */
export function defineRequest<Input, Answer>(request: {
  key: number;
  versions: readonly number[];
  since: string;
  write: (writer: WireWriter, input: Input, version: number) => void;
  read: (reader: WireReader, version: number) => Answer;
  /** False for ApiVersions only, whose answer must be readable before versions are agreed on. */
  flexibleAnswerHeader?: boolean;
}): BrokerRequest<Input, Answer> {
  const { key, versions, since, write, read, flexibleAnswerHeader = true } = request;
  return {
    since,
    apis: versions.map((version) =>
      createAPI<[Input], Answer>(
        key,
        version,
        (input: Input) => {
          const writer = new WireWriter();
          write(writer, input, version);
          return Writer.create().append(writer.noTags().finish());
        },
        (_correlationId, _key, _version, reader) =>
          read(new WireReader(reader.buffer.slice(reader.position, reader.length)), version),
        true,
        flexibleAnswerHeader,
      ),
    ),
  };
}

/**
 * Sends a request over an open connection in the newest version that both sides know.
 * @throws {ProblemError} not-supported-by-broker, naming the release it needs
 */
export async function send<Input, Answer>(
  kafka: ClusterConnections,
  connection: Connection,
  request: BrokerRequest<Input, Answer>,
  input: Input,
  what: string,
): Promise<Answer> {
  const key = request.apis[0]?.key ?? -1;
  const range = (await kafka.versions(connection)).get(key);
  const usable = request.apis.filter(({ version }) => range && version >= range.min && version <= range.max);
  const newest = usable.reduce<API<[Input], Answer> | null>(
    (best, api) => (best === null || api.version > best.version ? api : best),
    null,
  );
  if (newest === null) {
    throw new ProblemError(
      "not-supported-by-broker",
      `${connection.host}:${connection.port} can't answer for ${what}: that needs ${request.since} or newer.`,
    );
  }
  return newest.async(connection, input);
}

/** Asks one broker. @throws {ProblemError} as `ClusterConnections.askBroker`, and not-supported-by-broker */
export function askBroker<Input, Answer>(
  kafka: ClusterConnections,
  brokerId: number,
  request: BrokerRequest<Input, Answer>,
  input: Input,
  question: Question,
  signal: AbortSignal,
): Promise<Answer> {
  return kafka.askBroker(brokerId, question, signal, (connection) =>
    send(kafka, connection, request, input, question.what),
  );
}

/** A broker that hangs, or is slow, is given this long before another one is asked as well. */
const ANOTHER_AFTER_MS = 1_500;
/** Of both together: a large cluster's metadata takes seconds over a slow line. */
const DEADLINE_MS = 8_000;

/**
 * Asks any broker, and a second one when the first takes long or goes away meanwhile: for questions all brokers can answer.
 * Whichever answers first is heard: a broker that is only slow is not given up for another that is no faster.
 * @throws {ProblemError} as `ClusterConnections.askAnyBroker`, and not-supported-by-broker
 */
export async function askAnyBroker<Input, Answer>(
  kafka: ClusterConnections,
  request: BrokerRequest<Input, Answer>,
  input: Input,
  question: Question,
  signal: AbortSignal,
): Promise<Answer> {
  const answered = new AbortController();
  const until = AbortSignal.any([signal, answered.signal]);
  const ask = (deadlineMs: number) =>
    kafka.askAnyBroker({ ...question, deadlineMs, suspectAfterMs: ANOTHER_AFTER_MS }, until, (connection) =>
      send(kafka, connection, request, input, question.what),
    );
  const first = ask(DEADLINE_MS);
  try {
    const early = await settledWithin(first, ANOTHER_AFTER_MS);
    if (early === "succeeded") return await first;
    if (early === "failed") {
      return await first.catch((error: unknown) => {
        if (signal.aborted || !isWorthAnotherBroker(error)) throw error;
        return ask(DEADLINE_MS - ANOTHER_AFTER_MS);
      });
    }
    return await firstToAnswer(first, ask(DEADLINE_MS - ANOTHER_AFTER_MS));
  } finally {
    answered.abort();
  }
}

/** Never rejects. The timer doesn't outlive it. */
function settledWithin(asked: Promise<unknown>, ms: number): Promise<"succeeded" | "failed" | "waiting"> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve("waiting"), ms);
    const settle = (how: "succeeded" | "failed") => {
      clearTimeout(timer);
      resolve(how);
    };
    asked.then(
      () => settle("succeeded"),
      () => settle("failed"),
    );
  });
}

/** The first answer, or the first refusal that another broker would only repeat; the last failure when both fail. */
function firstToAnswer<T>(...asked: readonly Promise<T>[]): Promise<T> {
  return new Promise((resolve, reject) => {
    let left = asked.length;
    for (const one of asked) {
      one.then(resolve, (error: unknown) => {
        left--;
        if (left === 0 || !isWorthAnotherBroker(error)) reject(error);
      });
    }
  });
}

function isWorthAnotherBroker(error: unknown): boolean {
  return error instanceof ProblemError && worthAnotherBroker.has(error.code);
}

const worthAnotherBroker = new Set(["deadline-exceeded", "broker-unreachable", "cluster-unreachable"]);
