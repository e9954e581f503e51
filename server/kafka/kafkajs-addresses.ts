import { connect, isIP } from "node:net";
import { connect as connectTls } from "node:tls";
import type { ISocketFactory } from "kafkajs";
import { parseHostPort } from "./host-port.ts";

const KEEP_ALIVE_DELAY_MS = 60_000;

/**
 * Bootstrap servers as kafkajs takes them. It cuts "host:port" at the first colon, which no IPv6 address survives: such
 * a server goes by a name of our own, which the socket factory turns back.
 */
export function kafkajsAddresses(servers: readonly string[]): { brokers: string[]; socketFactory: ISocketFactory } {
  const hostByName = new Map<string, string>();
  const brokers = servers.map((server, index) => {
    const { host, port } = parseHostPort(server);
    if (!host.includes(":")) return server;
    const name = `ipv6-bootstrap-${index}`;
    hostByName.set(name, host);
    return `${name}:${port}`;
  });
  const socketFactory: ISocketFactory = ({ host: name, port, ssl, onConnect }) => {
    const host = hostByName.get(name) ?? name;
    const socket = ssl
      ? connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }), ...ssl }, onConnect)
      : connect({ host, port }, onConnect);
    return socket.setKeepAlive(true, KEEP_ALIVE_DELAY_MS);
  };
  return { brokers, socketFactory };
}
