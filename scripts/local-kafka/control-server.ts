import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import type { BrokerProcessState } from "./broker.ts";

/** Where the brokers' processes can be stopped and started, and the secret it asks for. */
export interface ControlAddress {
  readonly url: string;
  readonly token: string;
}

/** What the control server acts on. */
export interface ControlledBrokers {
  list(): readonly { id: number; process: BrokerProcessState }[];
  /** Starts the act and returns the state right after; it goes on by itself. */
  set(id: number, state: "running" | "stopped"): BrokerProcessState;
}

const brokerChange = z.strictObject({ state: z.enum(["running", "stopped"]) });
const BODY_LIMIT_BYTES = 1_024;

/**
 * `GET /brokers` → `{"brokers": [{"id": 1, "process": "running"}]}`; `PUT /brokers/2` `{"state": "stopped"}` → 202
 * `{"id": 2, "process": "stopping"}`. On loopback only, and only with the bearer token: any page in a browser can reach loopback too.
 */
export async function startControlServer(brokers: ControlledBrokers): Promise<ControlAddress & { close(): void }> {
  const token = randomBytes(32).toString("base64url");
  const server = createServer((request, response) => {
    answer(request, response, brokers, token).catch(() => send(response, 500, { error: "The launcher failed." }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return { url: `http://127.0.0.1:${portOf(server)}`, token, close: () => closeNow(server) };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  brokers: ControlledBrokers,
  token: string,
): Promise<void> {
  if (!isAllowed(request.headers.authorization, token))
    return send(response, 401, { error: "The token is missing or wrong." });
  const id = /^\/brokers\/(\d{1,9})$/.exec(request.url ?? "")?.[1];
  if (request.method === "GET" && request.url === "/brokers") return send(response, 200, { brokers: brokers.list() });
  if (request.method !== "PUT" || id === undefined)
    return send(response, 404, { error: "There is GET /brokers and PUT /brokers/:id." });
  if (!brokers.list().some((broker) => broker.id === Number(id)))
    return send(response, 404, { error: `There is no broker ${id}.` });
  const change = brokerChange.safeParse(await readJson(request));
  if (!change.success)
    return send(response, 400, { error: 'The body is {"state": "running"} or {"state": "stopped"}.' });
  send(response, 202, { id: Number(id), process: brokers.set(Number(id), change.data.state) });
}

function isAllowed(authorization: string | undefined, token: string): boolean {
  const given = Buffer.from(authorization ?? "");
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let body = "";
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > BODY_LIMIT_BYTES) return null;
  }
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function closeNow(server: Server): void {
  server.close();
  server.closeAllConnections();
}
