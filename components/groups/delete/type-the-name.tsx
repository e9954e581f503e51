"use client";
import { Field } from "#components/ui/field.tsx";
import { TextField } from "#components/ui/text-field.tsx";

interface TypeTheNameProps {
  /** What is to be typed: the name of what is deleted or moved. */
  name: string;
  typed: string;
  onTypedChange: (typed: string) => void;
  /** What typing it allows: "delete it". */
  to?: string;
  className?: string;
}

/** The pause before what can't be taken back: its name, typed. */
export function TypeTheName({ name, typed, onTypedChange, to = "delete it", className }: TypeTheNameProps) {
  return (
    <Field
      label={
        <>
          Type <span className="mono break-all">{name}</span> to {to}
        </>
      }
      {...(className !== undefined && { className })}
    >
      <TextField mono size="lg" value={typed} onChange={(event) => onTypedChange(event.target.value)} />
    </Field>
  );
}
