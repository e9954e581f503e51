import { cn } from "./cn.ts";

export interface Fact {
  readonly label: React.ReactNode;
  /** The number or word that counts. */
  readonly value: React.ReactNode;
  /** After it, in a quieter ink. */
  readonly aside?: React.ReactNode;
  /** A word of Kafka's, not a number: smaller. */
  readonly small?: boolean;
}

/** What is known of one thing, in a row that wraps; a grid of two columns on a phone. */
export function FactStrip({ label, facts, className }: { label: string; facts: readonly Fact[]; className?: string }) {
  return (
    <dl
      aria-label={label}
      className={cn(
        "grid grid-cols-2 overflow-clip border-line-strong border-y md:flex md:flex-wrap md:pl-1 [&>div]:-mb-px [&>div]:border-line [&>div]:border-b",
        className,
      )}
    >
      {facts.map((fact, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: facts have a fixed order
          key={index}
          className="min-w-0 border-line px-gutter py-2 max-md:odd:border-r max-md:last:odd:col-span-2 max-md:last:odd:border-r-0 md:border-r md:px-4 md:last:border-r-0"
        >
          <dt className="whitespace-nowrap text-12 text-ink-2">{fact.label}</dt>
          <dd className="flex min-h-6 flex-wrap items-baseline gap-x-1.5">
            <span className={cn("min-w-0", fact.small ? "font-medium leading-6" : "font-semibold text-15 leading-6")}>
              {fact.value}
            </span>
            {fact.aside !== undefined && <span className="min-w-0 text-ink-3">{fact.aside}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
