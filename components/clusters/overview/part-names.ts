import type { Overview } from "#lib/contracts/clusters.ts";

type Part = Overview["ages"][number]["part"];

/** The parts of an overview, as the page calls them. */
export const partNames: Record<Part, { readonly long: string; readonly short: string }> = {
  metadata: { long: "Metadata, ISR, leaders", short: "metadata" },
  quorum: { long: "Controller quorum", short: "quorum" },
  sizes: { long: "Disk (log dirs)", short: "disk" },
  configs: { long: "Topic configs", short: "configs" },
  groups: { long: "Groups, committed offsets", short: "groups" },
  offsets: { long: "High watermarks", short: "high watermarks" },
};
