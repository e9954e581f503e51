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

/** A broker that hangs is given this long before another one is asked. */
const FIRST_TRY_MS = 1_500;
const SECOND_TRY_MS = 3_500;

/**
 * Asks any broker, and a second one when the first hangs or goes away meanwhile: for questions all brokers can answer.
 * @throws {ProblemError} as `ClusterConnections.askAnyBroker`, and not-supported-by-broker
 */
export async function askAnyBroker<Input, Answer>(
  kafka: ClusterConnections,
  request: BrokerRequest<Input, Answer>,
  input: Input,
  question: Question,
  signal: AbortSignal,
): Promise<Answer> {
  const ask = (deadlineMs: number) =>
    kafka.askAnyBroker({ ...question, deadlineMs }, signal, (connection) =>
      send(kafka, connection, request, input, question.what),
    );
  try {
    return await ask(FIRST_TRY_MS);
  } catch (error) {
    if (signal.aborted || !(error instanceof ProblemError) || !worthAnotherBroker.has(error.code)) throw error;
    return ask(SECOND_TRY_MS);
  }
}

const worthAnotherBroker = new Set(["deadline-exceeded", "broker-unreachable", "cluster-unreachable"]);
