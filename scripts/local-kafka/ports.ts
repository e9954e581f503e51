import { createServer } from "node:net";

/** Below every platform's range of ephemeral ports: a stopped broker's port is not handed to somebody's outgoing connection meanwhile. */
const FIRST_PORT = 20_000;
const LAST_PORT = 29_999;
const ATTEMPTS = 500;

/**
 * Tries to listen on this port, and stops at once.
 *
 * @returns null when that works; else why not, as the system's code: EADDRINUSE, EACCES, EADDRNOTAVAIL…
 */
export function listenFailure(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

async function isPortFree(port: number): Promise<boolean> {
  return (await listenFailure(port, "127.0.0.1")) === null;
}

/** `count` different free ports: the preferred ones where they are free, others else. */
export async function freePorts(count: number, preferred: readonly number[] = []): Promise<number[]> {
  const ports: number[] = [];
  const take = async (port: number) => {
    if (ports.length < count && !ports.includes(port) && (await isPortFree(port))) ports.push(port);
  };
  for (const port of preferred) await take(port);
  for (let attempt = 0; ports.length < count && attempt < ATTEMPTS; attempt++) {
    await take(FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT + 1)));
  }
  if (ports.length < count) throw new Error(`Found no ${count} free ports between ${FIRST_PORT} and ${LAST_PORT}.`);
  return ports;
}
