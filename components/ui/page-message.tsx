import { cn } from "./cn.ts";
import { Glyph, type GlyphShape } from "./glyph.tsx";

interface PageMessageProps {
  /** What is the case, as a sentence. */
  title: React.ReactNode;
  glyph?: GlyphShape;
  /** Links or buttons: what to do next. */
  actions?: React.ReactNode;
  /** The heading's level where a page has a title already. */
  level?: 1 | 2;
  className?: string;
  /** Why, and what follows. */
  children?: React.ReactNode;
}

/** In place of a page or a part of it that can't be shown: not found, nothing here, forbidden, failed. */
export function PageMessage({ title, glyph, actions, level = 1, className, children }: PageMessageProps) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <div className={cn("max-w-[640px] px-gutter pt-10 pb-12", className)}>
      <Heading className="flex items-baseline gap-2.5">
        {glyph !== undefined && <Glyph shape={glyph} className="relative top-0.5" />}
        <span className="min-w-0 [overflow-wrap:anywhere] [&_.mono]:text-[0.94em]">{title}</span>
      </Heading>
      {children !== undefined && <div className="mt-2 text-pretty text-ink-2">{children}</div>}
      {actions !== undefined && <div className="mt-4 flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}
