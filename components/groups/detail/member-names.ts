import type { GroupMember } from "#lib/contracts/groups.ts";

type Named = Pick<GroupMember, "memberId" | "instanceId" | "clientId">;

/** How much of a member's id tells it from others of the same client id. */
const SUFFIX = 6;
const collator = new Intl.Collator("en", { numeric: true });

/** What a member is called, in the part that may be cut where there is no room, and the part that tells it from its namesakes. */
export interface MemberNameParts {
  readonly base: string;
  /** Null where nobody else is called so. */
  readonly suffix: string | null;
}

/**
 * What each member is called on screen, by member id: its instance id, else its client id; where several share one, with the
 * beginning of what the coordinator (or the client, KIP-848) made up for it.
 */
export function memberNames(members: readonly Named[]): ReadonlyMap<string, string> {
  return new Map(
    [...memberNameParts(members)].map(([id, { base, suffix }]) => [id, suffix === null ? base : `${base} ${suffix}`]),
  );
}

/** The same in parts. */
export function memberNameParts(members: readonly Named[]): ReadonlyMap<string, MemberNameParts> {
  const uses = new Map<string, number>();
  for (const member of members) uses.set(baseName(member), (uses.get(baseName(member)) ?? 0) + 1);
  return new Map(
    members.map((member) => {
      const base = baseName(member);
      return [member.memberId, { base, suffix: uses.get(base) === 1 ? null : suffixOf(member) }];
    }),
  );
}

/** A name of `memberNames` in its parts. */
export function splitName(member: Named, name: string): MemberNameParts {
  const base = baseName(member);
  return { base, suffix: name === base ? null : name.slice(base.length + 1) };
}

/** Members by the names they are shown under: 2 before 10. */
export function inNameOrder<Member extends Named>(
  members: readonly Member[],
  names: ReadonlyMap<string, string>,
): Member[] {
  const nameOf = ({ memberId }: Member) => names.get(memberId) ?? memberId;
  return members.toSorted((a, b) => collator.compare(nameOf(a), nameOf(b)) || collator.compare(a.memberId, b.memberId));
}

function baseName({ instanceId, clientId, memberId }: Named): string {
  return instanceId ?? (clientId || memberId);
}

function suffixOf({ memberId, clientId }: Named): string {
  const own = memberId.startsWith(`${clientId}-`) ? memberId.slice(clientId.length + 1) : memberId;
  return own.slice(0, SUFFIX);
}
