import { cn } from "#components/ui/cn.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Bytes } from "#components/ui/quantity.tsx";
import type { Message, Payload } from "#lib/contracts/messages.ts";
import { formatWords } from "./format-words.ts";
import { MarkedText } from "./marked-text.tsx";

interface HeaderListProps {
  headers: Message["headers"];
  highlight?: readonly string[] | undefined;
  className?: string;
}

/** The headers in their order; a name that stands twice is there twice. */
export function HeaderList({ headers, highlight, className }: HeaderListProps) {
  if (headers.length === 0) return <p className="px-gutter py-4 text-ink-2">This message has no headers.</p>;
  return (
    <dl
      aria-label="Headers"
      tabIndex={0}
      className={cn("overflow-auto overscroll-contain focus-visible:shadow-[inset_0_0_0_2px_var(--accent)]", className)}
    >
      {headers.map(({ name, value }, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: names repeat; a header is its place
          key={index}
          className="grid grid-cols-[minmax(84px,min(34%,240px))_minmax(0,1fr)] items-start gap-x-2.5 border-line border-b px-gutter py-1"
        >
          <dt className="mono py-0.5 text-ink-2 [overflow-wrap:anywhere]">
            {name === "" ? (
              <span className="text-ink-3 italic">no name</span>
            ) : (
              <MarkedText text={name} terms={highlight} />
            )}
          </dt>
          <dd className="flex min-w-0 items-start gap-x-2.5">
            <div className="min-w-0 flex-1 py-0.5">
              <HeaderValue value={value} highlight={highlight} />
            </div>
            {value !== null && value.bytes > 0 && <CopyButton text={value.text} label={`Copy the value of ${name}`} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function HeaderValue({ value, highlight }: { value: Payload | null; highlight: readonly string[] | undefined }) {
  if (value === null) return <span className="text-ink-3 italic">null</span>;
  if (value.bytes === 0) return <span className="text-ink-3">empty</span>;
  return (
    <>
      <span className="mono whitespace-pre-wrap [overflow-wrap:anywhere]">
        <MarkedText text={value.text} terms={highlight} />
      </span>
      {(value.as !== "text" || value.cut) && (
        <span className="block text-pretty text-12 text-ink-3">
          {formatWords[value.as]}, <Bytes value={String(value.bytes)} />
          {value.cut && "; only the beginning is here"}
        </span>
      )}
    </>
  );
}
