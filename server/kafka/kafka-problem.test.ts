import {
  AuthenticationError,
  MultipleErrors,
  NetworkError,
  ProtocolError,
  TimeoutError,
  UnsupportedApiError,
  UserError,
} from "@platformatic/kafka";
import { KafkaJSConnectionError, KafkaJSNumberOfRetriesExceeded, KafkaJSProtocolError } from "kafkajs";
import { expect, test } from "vitest";
import { ProblemError } from "#lib/problem.ts";
import { AddressFailure, codeProblem, kafkaProblem } from "./kafka-problem.ts";

const asking = { what: "the quorum", broker: "broker 2 (kafka-2:9092)", needs: "Describe on Cluster" };
const node = (code: string) => Object.assign(new Error(code), { code });

test.each([
  ["a refused connection", new NetworkError("x", { cause: node("ECONNREFUSED") }), "broker-unreachable", "refuses"],
  ["an unknown name", new NetworkError("x", { cause: node("ENOTFOUND") }), "broker-unreachable", "resolve"],
  ["a firewall", new TimeoutError("Connection to k:1 timed out."), "broker-unreachable", "in time"],
  ["a closed connection", new NetworkError("Connection closed"), "broker-unreachable", "closed"],
  [
    "an untrusted certificate",
    new NetworkError("x", { cause: node("SELF_SIGNED_CERT_IN_CHAIN") }),
    "broker-unreachable",
    "KAFKA_SSL_CA",
  ],
  [
    "another host's certificate",
    new NetworkError("x", { cause: node("ERR_TLS_CERT_ALTNAME_INVALID") }),
    "broker-unreachable",
    "another name",
  ],
  ["plaintext spoken to TLS", new UserError("Broker requires TLS."), "broker-unreachable", "KAFKA_SSL=true"],
  [
    "a wrong password",
    new NetworkError("x", { cause: new AuthenticationError("SASL authentication failed.") }),
    "kafka-login-failed",
    "password",
  ],
  [
    "a wrong mechanism",
    new NetworkError("x", { cause: new AuthenticationError("Cannot find a suitable SASL mechanism.") }),
    "kafka-login-failed",
    "sasl.enabled.mechanisms",
  ],
  ["a missing right", new ProtocolError(31), "kafka-forbidden", "it needs Describe on Cluster"],
  ["an unknown topic", new ProtocolError(3), "topic-not-found", "deleted"],
  [
    "a taken name",
    new ProtocolError(36, "Topic 'orders' already exists."),
    "topic-exists",
    "Topic 'orders' already exists.",
  ],
  [
    "a bad config",
    new ProtocolError(40, "Unknown topic config name: x"),
    "topic-refused",
    "Unknown topic config name: x",
  ],
  ["an old broker", new UnsupportedApiError("Unsupported API DescribeQuorum."), "not-supported-by-broker", "too old"],
  ["a leader that moves", new ProtocolError(6), "broker-unreachable", "Try again"],
  [
    "several errors, one of them known",
    new MultipleErrors("x", [new Error("?"), new ProtocolError(29)]),
    "kafka-forbidden",
    "needs",
  ],
])("%s of pf becomes a problem that says what to do", (_, error, code, words) => {
  const problem = kafkaProblem(error, asking);
  expect(problem).toBeInstanceOf(ProblemError);
  expect(problem).toMatchObject({ code, message: expect.stringContaining(words) });
});

test.each([
  [
    "a refused connection",
    new KafkaJSConnectionError("Connection error", { broker: "k:1", code: "ECONNREFUSED" }),
    "cluster-unreachable",
  ],
  [
    "retries that ran out",
    new KafkaJSNumberOfRetriesExceeded(new KafkaJSConnectionError("closed", {}), { retryCount: 2, retryTime: 1 }),
    "cluster-unreachable",
  ],
  [
    "a missing right",
    new KafkaJSProtocolError(
      Object.assign(new Error("Cluster authorization failed"), { type: "CLUSTER_AUTHORIZATION_FAILED", code: 31 }),
    ),
    "kafka-forbidden",
  ],
])("%s of kafkajs becomes the same problem", (_, error, code) => {
  expect(kafkaProblem(error, { what: "its brokers" })).toMatchObject({ code });
});

test("the addresses that failed are named, also when any broker was asked", () => {
  const refused = (address: string) =>
    new AddressFailure(address, new NetworkError("Connection failed.", { cause: node("ECONNREFUSED") }));
  const all = new AggregateError([1, 2, 3, 4, 5, 6].map((id) => refused(`k${id}:1`)));
  const { message } = kafkaProblem(all, { what: "its brokers" }) as ProblemError;
  expect(message).toMatch(
    /^k1:1 refuses connections: .* Tailrace can't reach k2:1, k3:1, k4:1, k5:1 and 1 more either\./,
  );
  const one = new AggregateError([refused("k1:1")]);
  expect(kafkaProblem(one, { what: "its brokers" })).toMatchObject({
    code: "cluster-unreachable",
    message: expect.not.stringContaining("either"),
  });
  const login = new AddressFailure("k1:1", new AuthenticationError("SASL authentication failed."));
  expect(kafkaProblem(login, { what: "its brokers" })).toMatchObject({
    code: "kafka-login-failed",
    message: expect.stringMatching(/^k1:1 refused the login/),
  });
});

test("a problem stays itself, and a mistake of ours is not blamed on Kafka", () => {
  const problem = new ProblemError("topic-exists", "there");
  expect(kafkaProblem(problem, asking)).toBe(problem);
  const mistake = new TypeError("x is not a function");
  expect(kafkaProblem(mistake, asking)).toBe(mistake);
});

test("error codes inside a response", () => {
  expect(codeProblem(0, null, asking)).toBeNull();
  expect(codeProblem(38, "Replication factor: 9 larger than available brokers: 3.", asking)).toMatchObject({
    code: "topic-refused",
    message: "Replication factor: 9 larger than available brokers: 3.",
  });
  expect(codeProblem(9_999, null, asking)).toMatchObject({ code: "kafka-refused" });
});

test("a cycle of causes ends", () => {
  const error: Error & { cause?: unknown } = new Error("round");
  error.cause = error;
  expect(kafkaProblem(error, asking)).toBe(error);
});
