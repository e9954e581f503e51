import { parseAsStringLiteral } from "nuqs/server";
import { parseAsSort } from "#lib/url-state.ts";

export const brokersUrl = { sort: parseAsSort.withDefault({ id: "id", desc: false }) };

const brokerTabs = ["log-dirs", "configs"] as const;
const logDirViews = ["topics", "replicas"] as const;

/** What a link to a broker can say: the tab, and how its log dirs are listed. */
export const brokerUrl = {
  tab: parseAsStringLiteral(brokerTabs).withDefault("log-dirs"),
  by: parseAsStringLiteral(logDirViews).withDefault("topics"),
  sort: parseAsSort.withDefault({ id: "size", desc: true }),
};
