import { cva, type VariantProps } from "class-variance-authority";
import { cn } from "./cn.ts";
import { Glyph, type GlyphShape } from "./glyph.tsx";

const noticeStyle = cva(
  "grid grid-cols-[14px_minmax(0,1fr)_auto] items-start gap-x-2.5 gap-y-0.5 rounded-2 px-3 py-2.5",
  {
    variants: { tone: { plain: "bg-sunken", crit: "bg-crit-bg", warn: "bg-warn-bg", info: "bg-info-bg" } },
    defaultVariants: { tone: "plain" },
  },
);

const glyphOf = { plain: "note", crit: "octagon", warn: "triangle", info: "arrows" } as const satisfies Record<
  string,
  GlyphShape
>;

interface NoticeProps extends VariantProps<typeof noticeStyle> {
  /** What happened, in bold; the rest says why and what to do. */
  title: React.ReactNode;
  /** At the right: one link or button. */
  action?: React.ReactNode;
  /** "alert" when it appears after an act; "status" when it may wait; left out when it was there from the start. */
  role?: "alert" | "status";
  className?: string;
  children?: React.ReactNode;
}

/** A sentence in the page about the page. */
export function Notice({ tone, title, action, role, className, children }: NoticeProps) {
  return (
    <div role={role} className={cn(noticeStyle({ tone }), className)}>
      <Glyph shape={glyphOf[tone ?? "plain"]} className="mt-[3px]" />
      <div className="min-w-0 text-pretty break-words">
        <b>{title}</b> <span className="text-ink-2">{children}</span>
      </div>
      {action}
    </div>
  );
}
