"use client";
import { CopyTextButton } from "#components/ui/copy-button.tsx";
import { CopyCommand } from "#components/ui/copy-command.tsx";
import { formatBytes, plural } from "#lib/format.ts";
import type { GroupCommand } from "#lib/group-commands.ts";

const SHOWN_LINES = 6;

/** The same act by Kafka's own tool, with the file that it reads. */
export function ShellCommand({ command: { command, file } }: { command: GroupCommand }) {
  return (
    <section aria-labelledby="shell-title" className="min-w-0">
      <h3 id="shell-title" className="mb-2">
        The same from a shell
      </h3>
      <CopyCommand command={command} label="The same from a shell" />
      {file !== null && <CommandFile {...file} />}
    </section>
  );
}

function CommandFile({ name, content }: { name: string; content: string }) {
  const lines = content.split("\n").filter((line) => line !== "");
  return (
    <div className="mt-2">
      <p className="flex flex-wrap items-center gap-x-2 text-12 text-ink-2">
        <span>
          It reads <span className="mono">{name}</span>: {plural(lines.length, "line")}, {formatBytes(content.length)}.
        </span>
        <CopyTextButton text={content} label={`Copy ${name}`} className="ml-auto" />
      </p>
      <pre className="mono max-h-40 overflow-hidden rounded-2 border border-line bg-sunken px-3 py-2 leading-[19px] [overflow-wrap:anywhere] whitespace-pre-wrap">
        {lines.slice(0, SHOWN_LINES).join("\n")}
        {lines.length > SHOWN_LINES && "\n…"}
      </pre>
    </div>
  );
}
