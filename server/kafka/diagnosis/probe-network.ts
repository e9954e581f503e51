import { lookup } from "node:dns/promises";
import { connect, isIP, type Socket } from "node:net";
import { explainConnectionFailure } from "../connection-failure.ts";
import { where } from "../host-port.ts";
import { BrokenLink } from "./chain.ts";

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** What the host's name resolves to, by the machine's own resolver (/etc/hosts too). */
export async function resolveName(address: Address): Promise<{ detail: string; made: readonly string[] }> {
  if (address.host === "") {
    throw new BrokenLink("There is no host name, only a port.", "Give a host name or an address in front of the port.");
  }
  try {
    const found = await lookup(address.host, { all: true });
    const addresses = found.map((one) => one.address);
    return { detail: `resolves to ${addresses.join(", ")}`, made: addresses };
  } catch (error) {
    throw brokenLink(error, address);
  }
}

export function isAddress({ host }: Address): boolean {
  return isIP(host) !== 0;
}

/** Opens a TCP connection, and closes it. */
export async function connectTcp(address: Address, signal: AbortSignal): Promise<{ detail: string; made: true }> {
  let socket: Socket | null = null;
  try {
    socket = connect({ host: address.host, port: address.port, signal });
    await opened(socket, "connect");
    return { detail: `connected to ${socket.remoteAddress}, port ${address.port}`, made: true };
  } catch (error) {
    throw brokenLink(error, address);
  } finally {
    socket?.destroy();
  }
}

/** Waits for the event, or for the error that comes instead; later errors of the socket are nobody's. */
export function opened(socket: Socket, event: "connect" | "secureConnect"): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, () => resolve());
    socket.on("error", reject);
    socket.once("close", () => reject(Object.assign(new Error("closed"), { code: "ECONNRESET" })));
  });
}

/** Node's network error in plain words. With several addresses tried, it is that of the first. */
export function brokenLink(error: unknown, address: Address): unknown {
  const first: unknown = error instanceof AggregateError ? (error.errors[0] ?? error) : error;
  const failure = explainConnectionFailure(first, where(address));
  return failure ? new BrokenLink(failure.detail, failure.remedy, { cause: error }) : error;
}
