import { listenFailure } from "../local-kafka/ports.ts";

const LAST_PORT = 65_535;
const UNPRIVILEGED_PORT = 3000;

/** Why the server can't listen there and what to do about it, for a person; null when it can. */
export async function portRefusal(port: number, host: string): Promise<string | null> {
  const code = await listenFailure(port, host);
  if (code === null) return null;
  switch (code) {
    case "EADDRINUSE": {
      const other = port < LAST_PORT ? port + 1 : port - 1;
      return `Port ${port} of ${host} is taken by another program. Stop that one, or choose another port: PORT=${other} npm start`;
    }
    case "EACCES":
      return `This user may not listen on port ${port} of ${host}: the system reserves it. Choose another port: PORT=${UNPRIVILEGED_PORT} npm start`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `HOST: ${host} is no address of this machine. Use 127.0.0.1, the default.`;
    default:
      return `Tailrace can't listen on port ${port} of ${host} (${code}). Choose others: HOST=127.0.0.1 PORT=${UNPRIVILEGED_PORT} npm start`;
  }
}
