import { memberNames } from "#components/groups/detail/member-names.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { GroupMember } from "#lib/contracts/groups.ts";
import { plural } from "#lib/format.ts";

interface PresentMembersProps {
  members: readonly Pick<GroupMember, "memberId" | "instanceId" | "clientId" | "host">[];
  /** What Kafka refuses while they are there, as a sentence. */
  children: React.ReactNode;
}

const NAMED = 6;

/** Who stands in the way of a deletion. */
export function PresentMembers({ members, children }: PresentMembersProps) {
  const names = memberNames(members);
  return (
    <Notice tone="info" role="status" title={`${plural(members.length, "member")} still in the group.`}>
      {children}
      <ul className="mt-1">
        {members.slice(0, NAMED).map(({ memberId, host }) => (
          <li key={memberId} className="break-words">
            <span className="mono" title={memberId}>
              {names.get(memberId)}
            </span>{" "}
            on <span className="mono">{host}</span>
          </li>
        ))}
        {members.length > NAMED && <li>and {plural(members.length - NAMED, "more", "more")}</li>}
      </ul>
    </Notice>
  );
}
