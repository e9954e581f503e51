import { cn } from "#components/ui/cn.ts";
import { Field } from "#components/ui/field.tsx";

interface FormRowProps {
  label: React.ReactNode;
  /** The config's key, below the label. */
  configKey?: string;
  hint?: React.ReactNode;
  error?: React.ReactNode;
  /** Below it all: more to read. */
  after?: React.ReactNode;
  className?: string;
  children: React.ReactNode;
}

/** A Field whose label stands at the left where there is room. */
export function FormRow({ label, configKey, hint, error, after, className, children }: FormRowProps) {
  const wrong = error !== undefined && error !== null && error !== "";
  return (
    <div className={cn("border-line border-t py-3", className)} data-wrong={wrong || undefined}>
      <Field
        label={
          <>
            {label}
            {configKey !== undefined && (
              <span className="mono block break-all font-regular text-11 text-ink-3 leading-4">{configKey}</span>
            )}
          </>
        }
        hint={hint}
        error={error}
        className={cn(
          "lg:grid lg:grid-cols-[176px_minmax(0,440px)] lg:gap-x-6 lg:[&>*]:col-start-2",
          "lg:[&>*:first-child]:col-start-1 lg:[&>*:first-child]:row-span-4 lg:[&>*:first-child]:pt-1.5",
          "lg:[&>[role=radiogroup]]:justify-self-start",
        )}
      >
        {children}
      </Field>
      {after !== undefined && <div className="lg:ml-[200px] lg:max-w-[440px]">{after}</div>}
    </div>
  );
}
