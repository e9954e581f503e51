"use client";
import type { ConfigEntry } from "#lib/contracts/kafka.ts";
import { AddConfig } from "./add-config.tsx";
import { commonConfigs } from "./config-editor.ts";
import { ConfigRow } from "./config-row.tsx";
import type { FieldProblems } from "./field-problems.ts";
import { type SetConfig, withConfig } from "./topic-form.ts";

interface ConfigRowsProps {
  section: "size" | "retention" | "more";
  configs: readonly SetConfig[];
  onConfigsChange: (configs: SetConfig[]) => void;
  /** Undefined until the brokers have told. */
  definitions: readonly ConfigEntry[] | undefined;
  refusals: FieldProblems;
  /** The form's own objections, by key. */
  problems: ReadonlyMap<string, string>;
  kafkaVersion: string | null;
  disabled: boolean;
}

/** The configs of one section of the form: the usual ones, and in the last those that were added by name. */
export function ConfigRows(props: ConfigRowsProps) {
  const { section, configs, onConfigsChange, definitions, refusals, problems, kafkaVersion, disabled } = props;
  const common = commonConfigs.filter((config) => config.section === section);
  const added =
    section === "more" ? configs.filter(({ name }) => !commonConfigs.some((usual) => usual.name === name)) : [];
  const rows = [...common, ...added.map(({ name }) => ({ name, label: undefined }))];
  return (
    <>
      {rows.map(({ name, label }) => {
        const refusal = refusals.configs.get(name);
        return (
          <ConfigRow
            key={name}
            name={name}
            {...(label !== undefined && { label })}
            definition={
              definitions === undefined
                ? "unread"
                : (definitions.find((definition) => definition.name === name) ?? "unknown")
            }
            value={configs.find((config) => config.name === name)?.value ?? null}
            onValueChange={(value) => onConfigsChange(withConfig(configs, name, value))}
            error={problems.get(name) ?? (refusal && `The controller refuses it: “${refusal}”`)}
            kafkaVersion={kafkaVersion}
            disabled={disabled}
          />
        );
      })}
      {section === "more" && (
        <div className="border-line border-t py-3 lg:ml-[200px] lg:max-w-[440px]">
          <AddConfig
            definitions={definitions ?? []}
            shown={new Set([...commonConfigs.map(({ name }) => name), ...configs.map(({ name }) => name)])}
            onAdd={(name) => {
              const standard = definitions?.find((definition) => definition.name === name)?.value ?? "";
              onConfigsChange(withConfig(configs, name, standard));
            }}
            disabled={disabled}
          />
        </div>
      )}
    </>
  );
}

/** "2 set · 31 at their default". */
export function configCount(configs: readonly SetConfig[], definitions: readonly ConfigEntry[] | undefined): string {
  const set = configs.length;
  if (definitions === undefined) return `${set} set`;
  const rest = definitions.filter(({ name }) => !configs.some((config) => config.name === name)).length;
  return `${set} set · ${rest} at their default`;
}
