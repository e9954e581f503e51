import { useMemo } from "react";
import { cn } from "#components/ui/cn.ts";
import { MarkedText } from "./marked-text.tsx";
import { textBlocks } from "./text-blocks.ts";

interface RawTextProps {
  text: string;
  highlight?: readonly string[] | undefined;
  className?: string;
}

/** Text exactly as received, wrapped. A long one in blocks of which the browser lays out only those in sight. */
export function RawText({ text, highlight, className }: RawTextProps) {
  const blocks = useMemo(() => textBlocks(text), [text]);
  return (
    <section
      aria-label="As received"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus
      tabIndex={0}
      className={cn(
        "mono overflow-auto overscroll-contain px-gutter py-2.5 leading-[19px] focus-visible:shadow-[inset_0_0_0_2px_var(--accent)]",
        className,
      )}
    >
      {blocks.map((block, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a block is its place
          key={index}
          className={cn(
            "whitespace-pre-wrap [overflow-wrap:anywhere]",
            blocks.length > 1 && "[contain-intrinsic-size:auto_600px] [content-visibility:auto]",
          )}
        >
          <MarkedText text={block} terms={highlight} />
        </div>
      ))}
    </section>
  );
}
