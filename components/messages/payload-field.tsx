"use client";
import { type Control, Controller } from "react-hook-form";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import type { SendForm, SentAs } from "./send-form-model.ts";

interface PayloadFieldProps {
  control: Control<SendForm>;
  part: "key" | "value";
  disabled: boolean;
}

const formats: readonly { value: SentAs; label: string; hint?: string }[] = [
  { value: "text", label: "text" },
  { value: "json", label: "JSON", hint: "checked, then sent exactly as written" },
  { value: "base64", label: "base64", hint: "any bytes" },
  { value: "int32", label: "int32", hint: "4 bytes, big-endian" },
  { value: "int64", label: "int64", hint: "8 bytes, big-endian" },
];

const options = {
  key: [{ value: "none", label: "no key", hint: "null" }, ...formats],
  value: [...formats, { value: "none", label: "null: a tombstone" }],
} as const satisfies Record<string, readonly { value: SentAs; label: string; hint?: string }[]>;

const labels = { key: "Key", value: "Value" } as const;

/** A key or a value, and what the text stands for. None at all is a choice of its own: an empty text is something else. */
export function PayloadField({ control, part, disabled }: PayloadFieldProps) {
  return (
    <Controller
      control={control}
      name={`${part}As`}
      render={({ field: as }) => (
        <Controller
          control={control}
          name={part}
          render={({ field, fieldState }) => (
            <div className="relative">
              <div className="absolute -top-1.5 right-0">
                <Select
                  aria-label={`${labels[part]} is sent as`}
                  options={options[part]}
                  value={as.value}
                  onValueChange={as.onChange}
                  onBlur={as.onBlur}
                  disabled={disabled}
                />
              </div>
              <Field label={labels[part]} error={as.value === "none" ? undefined : fieldState.error?.message}>
                {part === "value" && as.value === "none" ? (
                  <p className="mt-2.5 rounded-2 bg-sunken px-3 py-2 text-pretty text-ink-2">{TOMBSTONE}</p>
                ) : (
                  <span className="mt-2.5 block">
                    <TextArea
                      mono
                      rows={part === "key" ? 1 : 7}
                      disabled={disabled}
                      placeholder={PLACEHOLDERS[as.value]}
                      {...field}
                      onChange={(event) => {
                        // Who types a key wants one.
                        if (as.value === "none") as.onChange("text");
                        field.onChange(event);
                      }}
                    />
                  </span>
                )}
              </Field>
            </div>
          )}
        />
      )}
    />
  );
}

const TOMBSTONE = "A tombstone: the value is null. In a compacted topic this deletes the key.";

const PLACEHOLDERS: Record<SentAs, string> = {
  none: "no key",
  text: "empty",
  json: '{"…": …}',
  base64: "AAEC/w==",
  int32: "42",
  int64: "9007199254740993",
};
