"use client";
import { NumberField } from "#components/ui/number-field.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { Select } from "#components/ui/select.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { type ConfigEditor, optionsWith } from "./config-editor.ts";
import { QuantityInput } from "./quantity-input.tsx";

interface ConfigControlProps {
  name: string;
  label: string;
  editor: ConfigEditor;
  value: string;
  onValueChange: (value: string) => void;
  disabled: boolean;
}

const IN_SIGHT = 3;

/** The control that suits a config; inside a Field. */
export function ConfigControl({ name, label, editor, value, onValueChange, disabled }: ConfigControlProps) {
  if (editor.kind === "quantity") {
    return <QuantityInput name={name} value={value} onValueChange={onValueChange} disabled={disabled} />;
  }
  if (editor.kind === "count") {
    return (
      <NumberField
        size="lg"
        min={1}
        max={32_767}
        value={/^\d{1,5}$/.test(value) ? Number(value) : null}
        onValueChange={(count) => onValueChange(count === null ? "" : String(count))}
        disabled={disabled}
        className="w-36"
      />
    );
  }
  if (editor.kind === "choice") {
    const options = optionsWith(editor.options, value);
    return options.length <= IN_SIGHT ? (
      <SegmentedControl
        aria-label={label}
        options={options}
        value={value}
        onValueChange={onValueChange}
        disabled={disabled}
      />
    ) : (
      <Select
        size="lg"
        mono
        options={options}
        value={value}
        onValueChange={onValueChange}
        disabled={disabled}
        className="w-full"
      />
    );
  }
  return (
    <TextField
      size="lg"
      mono
      value={value}
      onChange={(event) => onValueChange(event.target.value)}
      disabled={disabled}
    />
  );
}
