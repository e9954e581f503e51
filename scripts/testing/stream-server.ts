import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TailFrameName, TailFrames } from "#lib/contracts/tail.ts";

/** One request, and what can be streamed back. */
export interface StreamCall {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  readonly response: ServerResponse;
  send<Name extends TailFrameName>(name: Name, data: TailFrames[Name]): void;
}

/** A server of server-sent events, which says what a test makes it say. */
export async function streamServer() {
  const calls: StreamCall[] = [];
  const server: Server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const begin = () => {
        if (!response.headersSent) response.writeHead(200, { "content-type": "text/event-stream" });
      };
      calls.push({
        method: request.method ?? "",
        url: new URL(request.url ?? "", "http://test"),
        body: Buffer.concat(chunks).toString(),
        response,
        send: (name, data) => {
          begin();
          response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
        },
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    calls,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
