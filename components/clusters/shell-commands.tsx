"use client";
import { Terminal } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { CopyCommand } from "#components/ui/copy-command.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

interface ShellCommandsProps {
  /** What the commands show or do, each by itself. */
  commands: readonly { title: string; command: string }[];
}

/** The same as the page shows, with Kafka's own tools: a button, and the commands to copy. */
export function ShellCommands({ commands }: ShellCommandsProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Terminal aria-hidden strokeWidth={1.6} />
        Command line
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="The same from a shell"
        description="A secured cluster also needs --command-config with a properties file."
        className="md:max-w-[640px]"
      >
        {commands.map(({ title, command }) => (
          <section key={title} className="mb-4 last:mb-1">
            <h3 className="mb-1.5">{title}</h3>
            <CopyCommand command={command} label={title} />
          </section>
        ))}
      </Dialog>
    </>
  );
}
