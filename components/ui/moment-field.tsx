"use client";
import { Clock } from "lucide-react";
import { useState } from "react";
import { useZone } from "#components/preferences/preferences.tsx";
import { formatDuration } from "#lib/format.ts";
import { formatDateTime } from "#lib/time.ts";
import { MOMENT_FORMS, parseMoment, parseMomentFromNow, pickerValue } from "#lib/typed-values.ts";
import { Button } from "./button.tsx";
import { Field } from "./field.tsx";
import { IconButton } from "./icon-button.tsx";
import { useNow } from "./now.tsx";
import { Popover } from "./popover.tsx";
import { TextField } from "./text-field.tsx";

interface MomentFieldProps {
  value: string;
  onChange: (value: string) => void;
  disabled: boolean;
  /** What is wrong beside what this field sees itself: that it is needed, or that a link held no moment. */
  error?: string | undefined;
}

const SHORTCUTS = [
  { label: "15 min ago", ms: 900_000 },
  { label: "1 h ago", ms: 3_600_000 },
  { label: "6 h ago", ms: 21_600_000 },
  { label: "24 h ago", ms: 86_400_000 },
] as const;

/**
 * A point in time: typed as an instant, as milliseconds since 1970, in the zone on screen or as a span of time back, or picked.
 * What means another moment later on is made an instant when the field is left.
 */
export function MomentField({ value, onChange, disabled, error }: MomentFieldProps) {
  const zone = useZone();
  const now = useNow();
  const [settled, setSettled] = useState<string | null>(null);
  const ms = parseMoment(value, zone, now);
  const typed = value.trim();
  const wrong = error ?? (typed !== "" && ms === null ? `Not a point in time. Type ${MOMENT_FORMS}.` : undefined);
  const settle = () => {
    const fromNow = parseMomentFromNow(value, zone, now);
    if (fromNow === null) return;
    const instant = new Date(fromNow).toISOString();
    setSettled(instant);
    onChange(instant);
  };
  return (
    <Field
      label="Point in time"
      labelHidden
      error={wrong}
      hint={
        wrong !== undefined ? undefined : ms === null ? (
          `A time of today or a date and time, in ${zone}; 10m for ten minutes ago; an instant (…Z); or milliseconds since 1970.`
        ) : (
          // What was typed as one thing and became another keeps all its forms, so that nothing below it moves.
          <Read ms={ms} typed={typed === settled ? "" : typed} zone={zone} />
        )
      }
    >
      <TextField
        mono
        size="lg"
        value={value}
        disabled={disabled}
        placeholder="2026-11-20T02:20:00Z"
        onChange={(event) => onChange(event.target.value)}
        onBlur={settle}
        after={<Picker ms={ms} zone={zone} onPick={(picked) => onChange(new Date(picked).toISOString())} />}
        frameClassName="pr-0.5"
      />
    </Field>
  );
}

/** What was read: how long ago, and the forms that were not typed. */
function Read({ ms, typed, zone }: { ms: number; typed: string; zone: string }) {
  const now = useNow();
  const past = now - ms;
  const iso = new Date(ms).toISOString();
  return (
    <>
      <span>{past >= 0 ? `${formatDuration(seconds(past))} ago` : `in ${formatDuration(seconds(-past))}`}</span>
      {typed !== iso && (
        <>
          {" · "}
          <span className="mono">{iso}</span>
        </>
      )}
      {zone !== "UTC" && ` · ${formatDateTime(ms, zone)} ${zone}`}
      {typed !== String(ms) && (
        <>
          {" · epoch "}
          <span className="mono">{ms}</span>
        </>
      )}
      . The first message at or after it, by its timestamp.
    </>
  );
}

function seconds(ms: number): number {
  return Math.floor(ms / 1_000) * 1_000;
}

interface PickerProps {
  ms: number | null;
  zone: string;
  onPick: (ms: number) => void;
}

function Picker({ ms, zone, onPick }: PickerProps) {
  const [open, setOpen] = useState(false);
  const now = useNow();
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      title="Pick a point in time"
      className="w-[min(20rem,calc(100vw-16px))]"
      trigger={
        <IconButton label="Pick a point in time" size="sm">
          <Clock aria-hidden strokeWidth={1.6} />
        </IconButton>
      }
    >
      <Field label="Date and time" aside={zone}>
        <TextField
          type="datetime-local"
          step={1}
          size="lg"
          max={`${pickerValue(now, zone).slice(0, 10)}T23:59:59`}
          value={pickerValue(ms ?? now, zone)}
          onChange={(event) => {
            const picked = parseMoment(event.target.value, zone);
            if (picked !== null) onPick(picked);
          }}
        />
      </Field>
      <div className="mt-3 flex flex-wrap gap-1.5">
        {SHORTCUTS.map(({ label, ms: back }) => (
          <Button
            key={label}
            onClick={() => {
              onPick(seconds(now - back));
              setOpen(false);
            }}
          >
            {label}
          </Button>
        ))}
      </div>
    </Popover>
  );
}
