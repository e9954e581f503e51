import { Glyph, type GlyphShape } from "#components/ui/glyph.tsx";
import type { DrawnMember } from "./assignment-drawing.ts";
import { splitName } from "./member-names.ts";

/** What a member is called and where it runs; opens all that is known of it. */
export function MemberName({
  drawn,
  name,
  onOpen,
}: {
  drawn: DrawnMember;
  name: string;
  onOpen: (memberId: string) => void;
}) {
  const { member } = drawn;
  const { base, suffix } = splitName(member, name);
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Glyph shape={memberGlyph(drawn)} className="size-3" />
      <button
        type="button"
        title={`${member.memberId} on ${member.host}`}
        aria-label={`${name} on ${member.host}: all of it`}
        onClick={() => onOpen(member.memberId)}
        className="flex h-hit min-w-0 items-center gap-2 rounded-1 text-left hover:text-accent"
      >
        <span className="mono flex max-w-full shrink-0">
          {/* Where there is no room, what namesakes have in common is cut. */}
          <span className="truncate">{base}</span>
          {suffix !== null && <span className="shrink-0 whitespace-pre">{` ${suffix}`}</span>}
        </span>
        <span className="min-w-0 truncate text-12 text-ink-3 max-sm:hidden">{member.host}</span>
      </button>
    </span>
  );
}

function memberGlyph({ level, holds, member }: Pick<DrawnMember, "level" | "holds" | "member">): GlyphShape {
  if (level === "crit") return "octagon";
  if (level === "warn") return "triangle";
  if (member.assigned.length === 0 && holds.size === 0) return "ring";
  return [...holds.values()].some((hold) => hold !== "held") ? "arrows" : "tick";
}
