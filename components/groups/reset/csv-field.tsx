"use client";
import { Upload, X } from "lucide-react";
import { useRef, useState } from "react";
import { buttonStyle } from "#components/ui/button-style.ts";
import { cn } from "#components/ui/cn.ts";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { MAX_CSV_BYTES } from "#lib/contracts/offset-resets.ts";
import { formatBytes, plural } from "#lib/format.ts";
import { type CsvInput, noCsv } from "./reset-form.ts";

interface CsvFieldProps {
  value: CsvInput;
  onChange: (value: CsvInput) => void;
  disabled: boolean;
}

/** A file of `topic,partition,offset`, chosen, dropped or pasted. It is sent with the plan, and never part of the address. */
export function CsvField({ value, onChange, disabled }: CsvFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    if (file.size > MAX_CSV_BYTES) {
      setProblem(`${file.name} has ${formatBytes(file.size)}; 1 MiB is the most. Split it by topic.`);
      return;
    }
    setProblem(null);
    onChange({ fileName: file.name, text: await file.text() });
  };
  const lines = value.text.split("\n").filter((line) => line.trim() !== "").length;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a second way; the button is the first
    <div
      className={cn("rounded-2", over && "shadow-focus")}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void take(event.dataTransfer.files[0]);
      }}
    >
      <input
        ref={input}
        type="file"
        accept=".csv,.txt,text/csv,text/plain"
        disabled={disabled}
        aria-label="File with offsets"
        className="peer sr-only"
        onChange={(event) => {
          void take(event.target.files?.[0]);
          // The same file, changed, can be chosen again.
          event.target.value = "";
        }}
      />
      {value.fileName === null ? (
        <>
          <button
            type="button"
            tabIndex={-1}
            aria-hidden
            disabled={disabled}
            className={cn(buttonStyle(), "mb-2 peer-focus-visible:shadow-focus")}
            onClick={() => input.current?.click()}
          >
            <Upload aria-hidden strokeWidth={1.6} />
            Choose a file
          </button>
          <Field
            label="Or paste its lines"
            hint={
              value.text === "" ? (
                <>
                  <span className="mono">topic,partition,offset</span>, as Export and{" "}
                  <span className="mono">kafka-consumer-groups.sh --export</span> write them. A link to this page leaves
                  them out.
                </>
              ) : (
                plural(lines, "line")
              )
            }
            error={problem}
          >
            <TextArea
              mono
              rows={4}
              value={value.text}
              disabled={disabled}
              placeholder={"orders,0,48195998\norders,1,47982507"}
              onChange={(event) => {
                setProblem(null);
                onChange({ fileName: null, text: event.target.value });
              }}
            />
          </Field>
        </>
      ) : (
        <p className="flex items-center gap-2">
          <span className="min-w-0 flex-1">
            <span className="mono break-all">{value.fileName}</span>{" "}
            <span className="text-12 text-ink-3">{plural(lines, "line")}</span>
          </span>
          <IconButton label={`Remove ${value.fileName}`} size="sm" disabled={disabled} onClick={() => onChange(noCsv)}>
            <X aria-hidden strokeWidth={1.6} />
          </IconButton>
        </p>
      )}
    </div>
  );
}
