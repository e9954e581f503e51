import { pino } from "pino";

/** Structured lines on stdout. Never pass it settings, headers or bodies: they may hold secrets. */
export const logger = pino({
  name: "tailrace",
  level: process.env.TAILRACE_LOG_LEVEL || "info",
  // Process id and host name say nothing that the place the line came from doesn't.
  base: null,
});
