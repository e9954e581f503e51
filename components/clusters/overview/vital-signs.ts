import type { GlyphShape } from "#components/ui/glyph.tsx";
import type { Overview } from "#lib/contracts/clusters.ts";
import { DISK_CRIT_PERCENT, DISK_WARN_PERCENT } from "#lib/disk-fullness.ts";
import { formatCount, plural, type Quantity, UNKNOWN } from "#lib/format.ts";
import { brokerHref, brokersHref, clusterHref, groupsHref, topicsHref } from "#lib/hrefs.ts";
import { silentVoters } from "#lib/silent-voters.ts";

export interface VitalSign {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly unit?: string;
  /** One line below: of what, or why. */
  readonly aside: string;
  readonly tone: "crit" | "warn" | "plain";
  /** Absent where no verdict is passed. */
  readonly glyph?: GlyphShape;
  readonly href: string;
}

/** Part by part, in the order an operator asks; each leads to its filtered list. `oldestMs` is the age of the oldest part. */
export function vitalSigns(overview: Overview, oldest: { part: string; age: Quantity } | null): readonly VitalSign[] {
  const { partitions, brokersUp, brokersExpected } = overview;
  const { name } = overview.cluster;
  const away = overview.brokers.filter(({ state }) => state !== "up");
  const ofPartitions = `of ${plural(partitions.total, "partition")}`;
  return [
    {
      key: "offline",
      label: "Offline",
      value: formatCount(partitions.offline),
      aside: partitions.offline > 0 ? "no leader" : ofPartitions,
      ...verdictOf(partitions.offline, "crit"),
      href: topicsHref(name, "offline"),
    },
    {
      key: "under-min-isr",
      label: "Under-min-ISR",
      value: formatCount(partitions.underMinIsr),
      aside:
        partitions.underMinIsr === null
          ? "not all configs read"
          : partitions.underMinIsr > 0
            ? "refuse acks=all writes"
            : "all accept acks=all",
      ...verdictOf(partitions.underMinIsr, "crit"),
      href: topicsHref(name, "under-min-isr"),
    },
    {
      key: "under-replicated",
      label: "Under-replicated",
      value: formatCount(partitions.underReplicated),
      aside: ofPartitions,
      ...verdictOf(partitions.underReplicated, "warn"),
      href: topicsHref(name, "under-replicated"),
    },
    {
      key: "brokers",
      label: "Brokers up",
      value: formatCount(brokersUp),
      unit: `of ${formatCount(brokersExpected)}`,
      aside: awayText(away),
      ...verdictOf(brokersExpected - brokersUp, "crit"),
      href: brokersHref(name),
    },
    controllerSign(overview),
    groupsSign(overview),
    diskSign(overview),
    {
      key: "age",
      label: "Oldest data",
      value: oldest?.age.value ?? UNKNOWN,
      ...(oldest !== null && { unit: oldest.age.unit }),
      aside: oldest?.part ?? "nothing read yet",
      tone: "plain",
      href: `${clusterHref(name)}#ages`,
    },
  ];
}

function verdictOf(count: number | null, tone: "crit" | "warn"): Pick<VitalSign, "tone" | "glyph"> {
  if (count === null) return { tone: "plain", glyph: "dash" };
  if (count === 0) return { tone: "plain", glyph: "tick" };
  return { tone, glyph: tone === "crit" ? "octagon" : "triangle" };
}

function awayText(away: readonly Overview["brokers"][number][]): string {
  const [first] = away;
  if (first === undefined) return "all of them";
  if (away.length === 1) return `broker ${first.id} is ${first.state}`;
  return `${away.map(({ id }) => id).join(", ")} are not`;
}

function controllerSign({ cluster, controllerId, quorum, brokers, observedAtMs }: Overview): VitalSign {
  const isBroker = brokers.some(({ id }) => id === controllerId);
  const silent = quorum === null ? 0 : silentVoters(quorum, observedAtMs).length;
  return {
    key: "controller",
    label: "Controller",
    value: controllerId === null ? UNKNOWN : String(controllerId),
    aside:
      quorum === null
        ? controllerId === null
          ? "no active controller known"
          : "quorum not read"
        : `epoch ${quorum.leaderEpoch} · ${followers(quorum, silent)}`,
    tone: controllerId === null ? "crit" : silent > 0 ? "warn" : "plain",
    glyph: controllerId === null ? "octagon" : silent > 0 ? "triangle" : "tick",
    href: controllerId !== null && isBroker ? brokerHref(cluster.name, controllerId) : brokersHref(cluster.name),
  };
}

/** "quorum 2 of 3"; where the protocol is too old to tell who follows, only how many should. */
function followers({ leaderId, voters }: NonNullable<Overview["quorum"]>, silent: number): string {
  const untold = voters.some(({ id, lastFetchMs }) => id !== leaderId && lastFetchMs === null);
  return untold && silent === 0
    ? plural(voters.length, "voter")
    : `quorum ${voters.length - silent} of ${voters.length}`;
}

function groupsSign({ cluster, groups }: Overview): VitalSign {
  const sign = { key: "groups", label: "Stuck or abandoned", href: groupsHref(cluster.name, "stuck-or-abandoned") };
  if (groups === null) return { ...sign, value: UNKNOWN, aside: "groups not read", ...verdictOf(null, "warn") };
  const { total, stuck, abandoned } = groups;
  return {
    ...sign,
    value: formatCount(stuck + abandoned),
    aside:
      stuck > 0 && abandoned > 0
        ? `${formatCount(stuck)} stuck, ${formatCount(abandoned)} abandoned`
        : `of ${plural(total, "group")}`,
    // As its row in the list of problems: to the cluster a group is a warning at most.
    ...verdictOf(stuck + abandoned, "warn"),
  };
}

function diskSign({ cluster, brokers }: Overview): VitalSign {
  let fullest: { id: number; percent: number } | null = null;
  for (const { id, diskUsedPercent: percent } of brokers) {
    if (percent !== null && (fullest === null || percent > fullest.percent)) fullest = { id, percent };
  }
  if (fullest === null) {
    return {
      key: "disk",
      label: "Fullest disk",
      value: UNKNOWN,
      aside: "sizes not read",
      tone: "plain",
      glyph: "dash",
      href: brokersHref(cluster.name),
    };
  }
  const { id, percent } = fullest;
  const tone = percent >= DISK_CRIT_PERCENT ? "crit" : percent >= DISK_WARN_PERCENT ? "warn" : "plain";
  return {
    key: "disk",
    label: "Fullest disk",
    value: String(percent),
    unit: "%",
    aside: `broker ${id}`,
    tone,
    glyph: tone === "crit" ? "octagon" : tone === "warn" ? "triangle" : "tick",
    href: brokerHref(cluster.name, id),
  };
}
