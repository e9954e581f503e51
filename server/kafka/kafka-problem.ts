import { protocolErrors } from "@platformatic/kafka";
import { type ProblemCode, ProblemError } from "#lib/problem.ts";
import { explainConnectionFailure } from "./connection-failure.ts";

/** What was being done when Kafka said no. */
export interface Asking {
  /** "the quorum", "the sizes on broker 2": completes "asked for". */
  readonly what: string;
  /** "broker 2 (kafka-2:9092)", or null for the cluster as a whole. */
  readonly broker?: string | null;
  /** The right that Kafka's authorizer wants for it: "Describe on Cluster". */
  readonly needs?: string;
}

/**
 * The one place where errors of Kafka, of both clients and of the network become problems, with what to do next.
 * What is none of these (a mistake of ours) comes back as it was, and ends as `internal`.
 */
export function kafkaProblem(error: unknown, asking: Asking): unknown {
  if (error instanceof ProblemError) return error;
  const chain = [...unfold(error)];
  return (
    loginProblem(chain, asking) ??
    firstOf(chain, (one) => protocolProblem(one, asking)) ??
    firstOf(chain, (one, at) => networkProblem(one, asking, at, chain)) ??
    firstOf(chain, (one, at) => clientProblem(one, asking, at, chain)) ??
    error
  );
}

/** An address that didn't let us in, for `kafkaProblem` to name: not every error of the network says whose it is. */
export class AddressFailure extends Error {
  /** "kafka-2:9092" */
  readonly broker: string;

  constructor(broker: string, cause: unknown) {
    super(`${broker} could not be reached`, { cause });
    this.name = "AddressFailure";
    this.broker = broker;
  }
}

/** The problem of an error code inside a response (per topic, per partition); null for 0. */
export function codeProblem(errorCode: number, errorMessage: string | null, asking: Asking): ProblemError | null {
  if (errorCode === 0) return null;
  const known = Object.values(protocolErrors).find((one) => one.code === errorCode);
  return problemOf(errorCode, known?.id ?? `error ${errorCode}`, errorMessage ?? known?.message ?? null, asking);
}

const MAX_DEPTH = 8;

interface ErrorLike {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly apiCode?: unknown;
  readonly apiId?: unknown;
  readonly type?: unknown;
  readonly serverErrorMessage?: unknown;
  readonly broker?: unknown;
  readonly cause?: unknown;
  readonly originalError?: unknown;
  readonly errors?: unknown;
}

/** One error of several, and the address it is about when it or what it caused says so: "kafka-2:9092". */
interface Failure {
  readonly one: ErrorLike;
  readonly at: string | null;
}

/** The error, then what caused it, depth first. */
function* unfold(error: unknown, outer: string | null = null, depth = 0): Generator<Failure> {
  if (typeof error !== "object" || error === null || depth > MAX_DEPTH) return;
  const one: ErrorLike = error;
  const at = text(one.broker) || outer;
  yield { one, at };
  if (Array.isArray(one.errors)) for (const inner of one.errors) yield* unfold(inner, at, depth + 1);
  yield* unfold(one.cause, at, depth + 1);
  if (one.originalError !== one.cause) yield* unfold(one.originalError, at, depth + 1);
}

const MAX_NAMED = 4;

/** Which other addresses failed as well, as one more sentence; empty when there are none. */
function otherAddresses(chain: readonly Failure[], named: string): string {
  const all = new Set(chain.flatMap(({ one: { broker } }) => (named.includes(text(broker)) ? [] : [text(broker)])));
  if (all.size === 0) return "";
  const first = [...all].slice(0, MAX_NAMED).join(", ");
  return ` Tailrace can't reach ${first}${all.size > MAX_NAMED ? ` and ${all.size - MAX_NAMED} more` : ""} either.`;
}

function firstOf(
  chain: readonly Failure[],
  problemOf: (one: ErrorLike, at: string | null) => ProblemError | null,
): ProblemError | null {
  for (const { one, at } of chain) {
    const problem = problemOf(one, at);
    if (problem !== null) return problem;
  }
  return null;
}

function loginProblem(chain: readonly Failure[], asking: Asking): ProblemError | null {
  const refused = chain.find(({ one }) => {
    const code = protocolCode(one);
    return one.code === "PLT_KFK_AUTHENTICATION" || one.name === "KafkaJSSASLAuthenticationError" || code === 58;
  });
  const mechanism = chain.some(({ one }) => protocolCode(one) === 33 || /mechanism/i.test(text(one.message)));
  const unknownMechanism = chain.find(({ one }) => protocolCode(one) === 33);
  if (refused === undefined && unknownMechanism === undefined) return null;
  const where = asking.broker ?? (refused ?? unknownMechanism)?.at ?? "Kafka";
  return mechanism
    ? new ProblemError(
        "kafka-login-failed",
        `${capital(where)} doesn't offer the SASL mechanism that is configured. Choose one it enables (sasl.enabled.mechanisms); the connection doctor lists them.`,
        { cause: chain[0]?.one },
      )
    : new ProblemError(
        "kafka-login-failed",
        `${capital(where)} refused the login. Check the user name, the password and the SASL mechanism of this cluster in Tailrace's settings.`,
        { cause: chain[0]?.one },
      );
}

function protocolCode(one: ErrorLike): number | null {
  if (typeof one.apiCode === "number") return one.apiCode;
  return typeof one.type === "string" && typeof one.code === "number" ? one.code : null;
}

function protocolProblem(one: ErrorLike, asking: Asking): ProblemError | null {
  const code = protocolCode(one);
  if (code === null) return null;
  const said = text(one.serverErrorMessage) || text(one.message);
  return problemOf(code, text(one.apiId) || text(one.type), said || null, asking, one);
}

/** By Kafka's error code: https://kafka.apache.org/protocol#protocol_error_codes */
const codes: Readonly<Record<number, ProblemCode>> = {
  3: "topic-not-found",
  5: "broker-unreachable",
  6: "broker-unreachable",
  7: "deadline-exceeded",
  8: "broker-unreachable",
  9: "broker-unreachable",
  14: "broker-unreachable",
  15: "broker-unreachable",
  16: "broker-unreachable",
  17: "topic-refused",
  29: "kafka-forbidden",
  30: "kafka-forbidden",
  31: "kafka-forbidden",
  35: "not-supported-by-broker",
  36: "topic-exists",
  37: "topic-refused",
  38: "topic-refused",
  39: "topic-refused",
  40: "topic-refused",
  44: "topic-refused",
  53: "kafka-forbidden",
  65: "kafka-forbidden",
  69: "group-not-found",
  72: "broker-unreachable",
  100: "topic-not-found",
};
const missingRight: Readonly<Record<number, string>> = {
  29: "Describe on the topic",
  30: "Describe on the group",
  31: "Describe on Cluster",
  53: "Describe on the transactional id",
  65: "Describe on the delegation token",
};

function problemOf(
  errorCode: number,
  name: string,
  said: string | null,
  asking: Asking,
  cause?: unknown,
): ProblemError | null {
  if (errorCode === 0) return null;
  const code = codes[errorCode] ?? "kafka-refused";
  const where = asking.broker ?? "Kafka";
  const detail = (() => {
    switch (code) {
      case "kafka-forbidden":
        return `Kafka refuses this user ${asking.what}: it needs ${asking.needs ?? missingRight[errorCode] ?? "another right"}. Grant it with kafka-acls.sh.`;
      case "topic-not-found":
        return `Kafka knows no such topic (asked for ${asking.what}). It may have been deleted, or this user may not see it (needs Describe on the topic).`;
      case "group-not-found":
        return `Kafka knows no such group (asked for ${asking.what}). It may have been deleted, or forgotten since its commits expired.`;
      case "topic-exists":
        return said ?? "A topic of this name exists already. Choose another name.";
      case "topic-refused":
        return said ?? `Kafka refused it: ${name}.`;
      case "not-supported-by-broker":
        return `${capital(where)} is too old for ${asking.what}: it doesn't support this version of the request.`;
      case "deadline-exceeded":
        return `${capital(where)} took too long inside Kafka for ${asking.what}. Try again; if it stays, look at the brokers' load and at the controller.`;
      case "broker-unreachable":
        return `No broker can answer for ${asking.what} at the moment (${name}): a leader or a coordinator may be moving. Try again in a few seconds.`;
      default:
        return `${capital(where)} refused to answer for ${asking.what}: ${name}${said === null ? "" : `, ${said}`}`;
    }
  })();
  return new ProblemError(code, detail, { cause });
}

function networkProblem(
  one: ErrorLike,
  asking: Asking,
  at: string | null,
  chain: readonly Failure[],
): ProblemError | null {
  const where = asking.broker ?? at ?? "Kafka";
  const failure = explainConnectionFailure(one, where);
  return failure && unreachable(asking, `${failure.detail}${otherAddresses(chain, where)} ${failure.remedy}`, one);
}

/** What the two clients say in words of their own. */
function clientProblem(
  one: ErrorLike,
  asking: Asking,
  at: string | null,
  chain: readonly Failure[],
): ProblemError | null {
  const named = asking.broker ?? at ?? "Kafka";
  const where = capital(named);
  const message = text(one.message);
  if (one.code === "PLT_KFK_UNSUPPORTED_API" || one.name === "KafkaJSServerDoesNotSupportApiKey") {
    return new ProblemError(
      "not-supported-by-broker",
      `${where} is too old: it doesn't know how to answer for ${asking.what}.`,
      {
        cause: one,
      },
    );
  }
  if (message === "Broker requires TLS.") {
    return unreachable(
      asking,
      `${where} speaks TLS, but the settings say plaintext. Use security.protocol=SSL or SASL_SSL (KAFKA_SSL=true).`,
      one,
    );
  }
  if (message.startsWith("TLS handshake failed")) {
    return unreachable(
      asking,
      `${where} closed the connection during the TLS handshake: it is probably a plaintext listener, or it wants a client certificate.`,
      one,
    );
  }
  if (
    one.code === "PLT_KFK_NETWORK" ||
    /^KafkaJS(Connection|RequestTimeout|NoBroker|BrokerNotFound)/.test(text(one.name))
  ) {
    return unreachable(
      asking,
      `${where} ${/timed? ?out/i.test(message) ? "didn't answer in time" : "closed the connection"}.${otherAddresses(chain, named)} Check that the broker runs and that nothing between cuts the connection.`,
      one,
    );
  }
  return null;
}

function unreachable(asking: Asking, detail: string, cause: unknown): ProblemError {
  return new ProblemError(asking.broker ? "broker-unreachable" : "cluster-unreachable", detail, { cause });
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function capital(words: string): string {
  return words.startsWith("broker") ? words.charAt(0).toUpperCase() + words.slice(1) : words;
}
