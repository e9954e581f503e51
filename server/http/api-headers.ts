/** On every answer of the API. Cluster data is never stored: it is old the moment it is sent. */
export function apiHeaders(requestId: string): Record<string, string> {
  return {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-request-id": requestId,
  };
}
