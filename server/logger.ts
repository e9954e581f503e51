import { pino } from "pino";
import { logLevel } from "./settings/log-level.ts";

/** Structured lines on stdout. Never pass it settings, headers or bodies: they may hold secrets. */
export const logger = pino({
  name: "tailrace",
  level: logLevel(process.env),
  // Process id and host name say nothing that the place the line came from doesn't.
  base: null,
});
