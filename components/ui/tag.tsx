import { cva, type VariantProps } from "class-variance-authority";
import { cn } from "./cn.ts";
import { Glyph, type GlyphShape } from "./glyph.tsx";

const tagStyle = cva("inline-flex h-5 items-center gap-1.5 whitespace-nowrap rounded-2 px-1.5 font-medium text-12", {
  variants: {
    tone: {
      plain: "bg-sunken text-ink-2",
      crit: "bg-crit-bg text-crit",
      warn: "bg-warn-bg text-warn",
      info: "bg-info-bg text-info",
      accent: "bg-accent-bg text-accent",
      env: "bg-env-bg text-env",
    },
  },
  defaultVariants: { tone: "plain" },
});

interface TagProps extends VariantProps<typeof tagStyle> {
  /** Needed with a status tone: colour is never alone. */
  glyph?: GlyphShape;
  className?: string;
  children: React.ReactNode;
}

/** A state in a word or two. */
export function Tag({ tone, glyph, className, children }: TagProps) {
  return (
    <span className={cn(tagStyle({ tone }), className)}>
      {glyph !== undefined && <Glyph shape={glyph} className="size-3" />}
      {children}
    </span>
  );
}
