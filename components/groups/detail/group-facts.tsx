import Link from "next/link";
import { typeWords } from "#components/groups/group-words.ts";
import { TimeLag } from "#components/groups/lag-cells.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { type Fact, FactStrip } from "#components/ui/fact-strip.tsx";
import { Unknown } from "#components/ui/quantity.tsx";
import type { GroupDetail } from "#lib/contracts/groups.ts";
import { formatCount, formatRate, plural } from "#lib/format.ts";
import { brokerHref } from "#lib/hrefs.ts";

const kips: Partial<Record<GroupDetail["type"], string>> = {
  consumer: "KIP-848",
  share: "KIP-932",
  streams: "KIP-1071",
};

/** What one looks at first: how far behind, how old, how fast; then what kind of group it is. */
export function GroupFacts({ group }: { group: GroupDetail }) {
  const { name: cluster } = useCluster();
  const { type, protocolType, members, partitions, assignor, coordinator, groupEpoch } = group;
  const facts: Fact[] = [
    { label: "Lag", value: lagText(group), aside: lagAside(group) },
    {
      label: "Oldest unread",
      value: (
        <Steady width="9.5ch">
          <TimeLag timeLag={group.timeLag} />
        </Steady>
      ),
    },
    {
      label: "In · committed",
      value: (
        <Steady width="12ch">
          <Rate value={group.producedPerSecond} />
          <span aria-hidden> · </span>
          <Rate value={group.committedPerSecond} />
        </Steady>
      ),
    },
    {
      label: "Type",
      small: true,
      value: <span title={typeWords[type].title}>{typeWords[type].label}</span>,
      aside:
        kips[type] === undefined ? protocolAside(protocolType) : <span className="max-xl:hidden">{kips[type]}</span>,
    },
    {
      label: "Members",
      small: true,
      value: members === null ? <Unknown why="can't be read" /> : formatCount(members.length),
      aside: partitions.length === 0 ? undefined : `for ${plural(partitions.length, "partition")}`,
    },
    {
      label: "Assignor",
      small: true,
      value: assignor === null ? <Unknown /> : <span className="mono leading-6">{assignor}</span>,
    },
    {
      label: "Coordinator",
      small: true,
      value:
        coordinator === null ? (
          <Unknown />
        ) : (
          <>
            broker{" "}
            <Link href={brokerHref(cluster, coordinator)} className="link-quiet">
              {coordinator}
            </Link>
          </>
        ),
    },
  ];
  if (groupEpoch !== null) {
    facts.push({ label: "Group epoch", small: true, value: formatCount(groupEpoch) });
  }
  return <FactStrip label={`Facts of ${group.group}`} facts={facts} />;
}

/** Keeps its place while its number changes every two seconds. */
function Steady({ width, children }: { width: string; children: React.ReactNode }) {
  return (
    <span className="inline-block whitespace-nowrap" style={{ minWidth: width }}>
      {children}
    </span>
  );
}

function Rate({ value }: { value: number | null }) {
  if (value === null) return <Unknown why="not enough samples yet" />;
  return (
    <>
      {formatRate(value)}
      <span className="font-regular text-12 text-ink-3">{"\u00a0/s"}</span>
    </>
  );
}

function lagText({ lag, lagUnread, partitions }: GroupDetail): React.ReactNode {
  if (lag === null) return <Unknown why="its lag can't be told" />;
  if (partitions.length === 0) return <Unknown why="nothing is committed, and no partition is assigned" />;
  return `${lagUnread > 0 ? "≥\u00a0" : ""}${formatCount(lag)}`;
}

function lagAside({ lag, lagUnread, uncommitted, partitions }: GroupDetail): string | undefined {
  if (lag === null || partitions.length === 0) return undefined;
  if (lagUnread > 0) return `${plural(lagUnread, "partition")} unread`;
  return uncommitted > 0 ? `${formatCount(uncommitted)} without commit` : "messages";
}

/** "consumer" is what one expects, and Kafka writes nothing for groups that only commit. */
function protocolAside(protocolType: string | null): string | undefined {
  return protocolType === null || protocolType === "" || protocolType === "consumer" ? undefined : protocolType;
}
