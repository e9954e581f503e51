/** "host:9092" or "[::1]:9092", which the settings have checked. */
export function parseHostPort(server: string): { host: string; port: number } {
  const colon = server.lastIndexOf(":");
  return { host: server.slice(0, colon).replace(/^\[(.*)\]$/, "$1"), port: Number(server.slice(colon + 1)) };
}
