"use client";
import { memberNames } from "#components/groups/detail/member-names.ts";
import { Since } from "#components/ui/age.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { GroupType } from "#lib/contracts/groups.ts";
import { formatDuration, plural } from "#lib/format.ts";
import { formatPartitionList } from "#lib/tail/partition-list.ts";
import type { Presence } from "./plan-moves.ts";

type Members = Extract<Presence, { kind: "members" }>;
type Member = Members["members"][number];

const SHOWN = 50;
/** So many are named by member. */
const TOPICS = 6;

/** Who keeps the group running: Kafka refuses to move it until they are gone. Looked for again every 2 s. */
export function WaitingForMembers({ members, observedAtMs }: Pick<Members, "members" | "observedAtMs">) {
  const names = memberNames(members);
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting" className="flex items-center gap-2">
        <Glyph shape="arrows" />
        Waiting: {plural(members.length, "member is", "members are")} still in the group
      </h2>
      <p className="mt-0.5 text-pretty text-ink-2">
        Kafka refuses to move a group that is running. Stop these, then confirm here. Checked again every 2 s
        <span aria-hidden>
          , last <Since sinceMs={observedAtMs} /> ago
        </span>
        .
      </p>
      <Table label="Members" className="mt-2 table-fixed text-12">
        <thead>
          <tr>
            <Th>Member</Th>
            <Th>Holds</Th>
          </tr>
        </thead>
        <tbody>
          {members.slice(0, SHOWN).map((member) => (
            <tr key={member.memberId} className="align-top [&>td]:whitespace-normal [&>td]:py-1 [&>td]:leading-[17px]">
              <Td className="[overflow-wrap:anywhere]" title={member.memberId}>
                <span className="mono">{names.get(member.memberId)}</span>
                {member.instanceId !== null && " (static)"}
                <span className="block text-ink-2">
                  on <span className="mono">{member.host}</span>
                </span>
              </Td>
              <Td className="[overflow-wrap:anywhere]">
                <Holds member={member} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {members.length > SHOWN && (
        <p className="mt-1 text-12 text-ink-3">and {plural(members.length - SHOWN, "more", "more")}</p>
      )}
    </section>
  );
}

function Holds({ member: { assigned } }: { member: Member }) {
  const held = assigned.filter(({ partitions }) => partitions.length > 0);
  if (held.length === 0) return <span className="text-ink-3">idle</span>;
  return held
    .slice(0, TOPICS)
    .map(({ topic, partitions }) => (
      <span key={topic} className="mono block">
        {partitions.length === 1
          ? `${topic}-${partitions[0]}`
          : `${topic} ${formatPartitionList(partitions.toSorted((a, b) => a - b))}`}
      </span>
    ))
    .concat(
      held.length > TOPICS ? (
        <span key="" className="text-ink-3">
          and of {plural(held.length - TOPICS, "more topic")}
        </span>
      ) : (
        []
      ),
    );
}

interface HowToStopProps {
  type: GroupType;
  members: readonly Member[];
  /** Null: not known. */
  sessionTimeoutMs: number | null;
}

/** How a group is stopped, and when its members are gone. */
export function HowToStop({ type, members, sessionTimeoutMs }: HowToStopProps) {
  const config = type === "consumer" ? "group.consumer.session.timeout.ms" : "session.timeout.ms";
  const isStatic = members.some(({ instanceId }) => instanceId !== null);
  const timeout = (
    <>
      <span className="mono [overflow-wrap:anywhere]">{config}</span>
      {sessionTimeoutMs !== null && `, ${formatDuration(sessionTimeoutMs)} here`}
    </>
  );
  return (
    <section aria-labelledby="how-to-stop">
      <h3 id="how-to-stop" className="mb-2">
        How to stop it
      </h3>
      <ul className="grid gap-2 border-line-strong border-l-2 pl-3 text-pretty text-ink-2 [&_b]:font-strong [&_b]:text-ink">
        <li>
          <b>Scale the deployment to 0</b> and wait; members leave at once when they close cleanly.
        </li>
        {isStatic && (
          <li>
            <b>Static members</b> don't leave when they close: each is dropped after {timeout}.
          </li>
        )}
        {!isStatic && (
          <li>
            <b>If a process was killed</b>, its member is dropped after {timeout}.
          </li>
        )}
        <li>
          <b>Start it again</b> only after the offsets moved; a member that joins first makes this refuse.
        </li>
      </ul>
    </section>
  );
}
