import { bytesQuantity, digitGroups, durationQuantity, type Quantity as Part, UNKNOWN } from "#lib/format.ts";
import { cn } from "./cn.ts";

/** Numbers with their units in a quieter ink. Null is "—". */
function Quantity({ parts, className }: { parts: Part | readonly Part[] | null; className?: string }) {
  if (parts === null) return <Unknown />;
  const list = "value" in parts ? [parts] : parts;
  return (
    <span className={cn("whitespace-nowrap", className)}>
      {list.map(({ value, unit }, index) => (
        <span key={unit}>
          {index > 0 && "\u00a0"}
          {value}
          {unit !== "" && <span className="font-regular text-ink-3">{`\u00a0${unit}`}</span>}
        </span>
      ))}
    </span>
  );
}

interface BytesProps {
  value: string | bigint | null | undefined;
  /** Some of it could not be counted. */
  atLeast?: boolean;
  className?: string;
}

/** Bytes: "2.71 TiB", the exact number as title. */
export function Bytes({ value, atLeast = false, className }: BytesProps) {
  const parts = bytesQuantity(value);
  if (parts === null) return <Unknown />;
  return (
    <span title={atLeast ? `At least ${value} bytes: some did not answer` : `${value} bytes`} className={className}>
      {atLeast && (
        <span className="font-regular text-ink-3">
          <span aria-hidden>≥&nbsp;</span>
          <span className="sr-only">at least </span>
        </span>
      )}
      <Quantity parts={parts} />
    </span>
  );
}

/** A span of time: "9 min 24 s". */
export function Duration({ ms, className }: { ms: number | string | bigint | null | undefined; className?: string }) {
  return <Quantity parts={durationQuantity(ms)} {...(className !== undefined && { className })} />;
}

/** An offset: mono, digit groups set apart by space that a copy doesn't take along. */
export function Offset({ value, className }: { value: string | bigint | null | undefined; className?: string }) {
  if (value === null || value === undefined) return <Unknown />;
  return (
    <span className={cn("mono whitespace-nowrap tracking-[-0.02em]", className)}>
      {digitGroups(value).map((group, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a group of digits is its place
        <span key={index} className={index > 0 ? "ml-[0.24em]" : undefined}>
          {group}
        </span>
      ))}
    </span>
  );
}

/** Not known: a dash for the eye, the word for the ear. */
export function Unknown({ why }: { why?: string }) {
  return (
    <span className="text-ink-3" title={why}>
      <span aria-hidden>{UNKNOWN}</span>
      <span className="sr-only">unknown</span>
    </span>
  );
}
