import { Connection } from "@platformatic/kafka";
import { type BrokerRequest, send } from "./broker-request.ts";
import { platformaticOptions } from "./client-options.ts";
import type { ClusterConnections } from "./connections.ts";
import { abortProblem } from "./deadline.ts";
import { kafkaProblem } from "./kafka-problem.ts";

/**
 * Of one long poll, and of the transfer of its answer over a slow line: far above what a poll waits, since a request that
 * runs out of time costs the connection.
 */
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * A connection that one reader has for itself, one request at a time. A broker answers the requests of one connection in
 * turn, so that a long poll would hold up whatever waits behind it; and a poll that is given up can only be given up with
 * its socket.
 */
export class ExclusiveConnection {
  readonly brokerId: number;
  readonly #kafka: ClusterConnections;
  readonly #connection: Connection;

  private constructor(kafka: ClusterConnections, brokerId: number, connection: Connection) {
    this.#kafka = kafka;
    this.brokerId = brokerId;
    this.#connection = connection;
  }

  /** @throws {ProblemError} broker-unreachable, kafka-login-failed, cancelled */
  static async open(kafka: ClusterConnections, brokerId: number, signal: AbortSignal): Promise<ExclusiveConnection> {
    const { host, port } = await orAborted(kafka.address(brokerId, signal), signal);
    const options = { ...platformaticOptions(kafka.settings), requestTimeout: REQUEST_TIMEOUT_MS };
    const connection = new Connection(kafka.settings.clientId, options);
    // A second error would otherwise have no listener, and end the process.
    connection.on("error", () => {});
    const opened = new ExclusiveConnection(kafka, brokerId, connection);
    try {
      await orAborted(Promise.resolve(connection.connect(host, port)), signal);
      return opened;
    } catch (error) {
      opened.destroy();
      if (!signal.aborted) kafka.forgetAddress(brokerId);
      throw kafkaProblem(error, { what: "records", broker: kafka.nameOf(brokerId) });
    }
  }

  get isOpen(): boolean {
    return this.#connection.isConnected();
  }

  /**
   * Sends one request and waits for its answer. When that fails, or `signal` aborts, the connection is no more: an answer
   * that still came would be taken for another's.
   * @param what completes "asked for": "records"
   * @throws {ProblemError} broker-unreachable, not-supported-by-broker, cancelled
   */
  async ask<Input, Answer>(
    request: BrokerRequest<Input, Answer>,
    input: Input,
    what: string,
    signal: AbortSignal,
  ): Promise<Answer> {
    try {
      return await orAborted(send(this.#kafka, this.#connection, request, input, what), signal);
    } catch (error) {
      this.destroy();
      throw kafkaProblem(error, { what, broker: this.#kafka.nameOf(this.brokerId) });
    }
  }

  /** At once: its socket is gone and its timers are cleared when this returns, whatever was under way. */
  destroy(): void {
    // Closing clears the client's timers; by itself it would wait for what is still to be written.
    Promise.resolve(this.#connection.close()).catch(() => {});
    this.#connection.socket?.destroy();
  }
}

/** Waits no longer than `signal` allows. @throws {ProblemError} cancelled, or what the signal's reason says */
function orAborted<T>(asked: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(abortProblem(signal));
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
    asked.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
