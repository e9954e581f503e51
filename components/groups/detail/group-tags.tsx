import { severityWords, stateWords, verdictWords } from "#components/groups/group-words.ts";
import { Tag } from "#components/ui/tag.tsx";
import type { GroupDetail } from "#lib/contracts/groups.ts";

/** The verdicts in a word each, then the state. */
export function GroupTags({ group: { verdicts, state } }: { group: Pick<GroupDetail, "verdicts" | "state"> }) {
  const { label, glyph, tone } = stateWords[state];
  return (
    <>
      {verdicts.map(({ kind, severity }) => (
        <Tag
          key={kind}
          tone={severityWords[severity].tone}
          glyph={kind === "idle-members" ? "ring" : severityWords[severity].glyph}
        >
          {verdictWords[kind].label}
        </Tag>
      ))}
      <Tag tone={tone} glyph={glyph}>
        {label}
      </Tag>
      {/* What changes is said once, not with each new second of its evidence. */}
      <span role="status" className="sr-only">
        {[...verdicts.map(({ kind }) => verdictWords[kind].label), label].join(", ")}
      </span>
    </>
  );
}
