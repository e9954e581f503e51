import { Lock } from "lucide-react";
import { cn } from "#components/ui/cn.ts";
import { humanConfigValue } from "#lib/config-units.ts";
import type { ConfigEntry } from "#lib/contracts/kafka.ts";

interface ConfigValueProps {
  name: string;
  value: string | null;
  sensitive?: boolean;
  /** Shows all of a long value, wrapped. */
  whole?: boolean;
}

/** A value as Kafka has it, and beside it as people read it. */
export function ConfigValue({ name, value, sensitive = false, whole = false }: ConfigValueProps) {
  if (sensitive) {
    return (
      <span className="inline-flex items-center gap-1 text-ink-3" title="The broker never tells sensitive values">
        <Lock aria-hidden className="size-3" strokeWidth={1.6} />
        sensitive, not told
      </span>
    );
  }
  if (value === null) return <span className="text-ink-3">not set</span>;
  if (value === "") return <span className="text-ink-3">empty</span>;
  const human = humanConfigValue(name, value);
  return (
    <span className={cn("flex min-w-0 items-baseline gap-2", whole && "flex-wrap")}>
      <span
        className={cn("mono min-w-0", whole ? "[overflow-wrap:anywhere]" : "truncate")}
        title={whole ? undefined : value}
      >
        {value}
      </span>
      {human !== null && <span className="shrink-0 text-ink-3">{human}</span>}
    </span>
  );
}

/** The same for an entry of a table. */
export function EntryValue({ entry, whole }: { entry: ConfigEntry; whole?: boolean }) {
  return (
    <ConfigValue
      name={entry.name}
      value={entry.value}
      sensitive={entry.sensitive}
      {...(whole !== undefined && { whole })}
    />
  );
}
