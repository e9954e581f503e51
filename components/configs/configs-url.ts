import { parseAsBoolean, parseAsString } from "nuqs/server";

/** What a link to a table of configs can say. */
export const configsUrl = {
  q: parseAsString.withDefault(""),
  changed: parseAsBoolean.withDefault(false),
};
