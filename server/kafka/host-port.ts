/** "host:9092" or "[::1]:9092", which the settings have checked. */
export function parseHostPort(server: string): { host: string; port: number } {
  const colon = server.lastIndexOf(":");
  return { host: server.slice(0, colon).replace(/^\[(.*)\]$/, "$1"), port: Number(server.slice(colon + 1)) };
}

/** As it is written in settings: an IPv6 address in brackets. */
export function where({ host, port }: { host: string; port: number }): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}
