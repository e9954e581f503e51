import { cn } from "#components/ui/cn.ts";

interface ChoiceProps {
  /** Radios of one name are one group: arrow keys move among them. */
  name: string;
  checked: boolean;
  onChoose: () => void;
  label: React.ReactNode;
  /** After the label, quieter: Kafka's word for it, or why it can't be chosen. */
  aside?: React.ReactNode;
  disabled?: boolean;
  /** What belongs to it, shown while it is chosen. */
  children?: React.ReactNode;
}

/**
 * One of several, each with fields of its own beneath. A browser's own radio: its arrow keys leave the text fields between
 * the radios alone.
 */
export function Choice({ name, checked, onChoose, label, aside, disabled = false, children }: ChoiceProps) {
  return (
    <div>
      <label className={cn("flex min-h-7 items-center gap-[9px] pointer-coarse:min-h-10", disabled && "text-ink-3")}>
        <input
          type="radio"
          name={name}
          checked={checked}
          disabled={disabled}
          onChange={onChoose}
          className="size-3.5 shrink-0 appearance-none rounded-full border border-control bg-raised checked:border-[4.5px] checked:border-accent disabled:border-line-strong disabled:bg-sunken forced-colors:appearance-auto"
        />
        <span className="min-w-0">
          {label}
          {aside !== undefined && <span className="text-12 text-ink-3"> {aside}</span>}
        </span>
      </label>
      {checked && children !== undefined && <div className="pt-0.5 pb-2 pl-[23px]">{children}</div>}
    </div>
  );
}
