"use client";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Unknown } from "#components/ui/quantity.tsx";
import { DetailLine } from "#components/ui/row-details.tsx";
import { formatCount, plural } from "#lib/format.ts";
import type { DrawnMember } from "./assignment-drawing.ts";
import { assignmentText } from "./member-words.ts";

interface MemberDetailsProps {
  group: string;
  /** Undefined before one was chosen, or when it left. */
  drawn: DrawnMember | undefined;
  name: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** All that the coordinator tells of a member. */
export function MemberDetails({ group, drawn, name, open, onOpenChange }: MemberDetailsProps) {
  if (drawn === undefined) return null;
  const { member, lag, count } = drawn;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={<span className="mono break-all">{name}</span>}
      description={
        <>
          in <span className="mono break-all">{group}</span>
        </>
      }
      closeFirst
    >
      <dl className="pb-2">
        <DetailLine term="Member id">
          <span className="mono">{member.memberId}</span>{" "}
          <CopyButton text={member.memberId} label="Copy the member id" className="inline-grid align-middle" />
        </DetailLine>
        <DetailLine term="Instance id" what="group.instance.id of a static member">
          {member.instanceId === null ? <None /> : <span className="mono">{member.instanceId}</span>}
        </DetailLine>
        <DetailLine term="Client id">
          <span className="mono">{member.clientId}</span>
        </DetailLine>
        <DetailLine term="Host">
          <span className="mono">{member.host}</span>
        </DetailLine>
        <DetailLine term="Rack">
          {member.rackId === null ? <None /> : <span className="mono">{member.rackId}</span>}
        </DetailLine>
        <DetailLine term="Member epoch" what="KIP-848">
          {member.memberEpoch ?? <None />}
        </DetailLine>
        <DetailLine term="Subscribed to">
          <Subscription topics={member.subscribedTopics} pattern={member.subscribedPattern} />
        </DetailLine>
        <DetailLine term="Holds" what={plural(count, "partition")}>
          {member.assigned.length === 0 ? (
            <span className="text-ink-2">nothing{member.idleBecause !== null && `: ${member.idleBecause}`}</span>
          ) : (
            <span className="mono">{assignmentText(member.assigned)}</span>
          )}
        </DetailLine>
        {member.target !== null && (
          <DetailLine term="Shall have" what="It is being given or taken partitions one by one">
            {member.target.length === 0 ? "nothing" : <span className="mono">{assignmentText(member.target)}</span>}
          </DetailLine>
        )}
        <DetailLine term="Lag" what="Of what it holds">
          {lag === null ? <Unknown /> : formatCount(lag)}
        </DetailLine>
      </dl>
    </Dialog>
  );
}

function Subscription({ topics, pattern }: { topics: readonly string[]; pattern: string | null }) {
  if (pattern !== null) {
    return (
      <>
        pattern <span className="mono">{pattern}</span>
      </>
    );
  }
  return topics.length === 0 ? <Unknown why="not told" /> : <span className="mono">{topics.join(", ")}</span>;
}

function None() {
  return <span className="text-ink-3">none</span>;
}
