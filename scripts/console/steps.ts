/** What a step may say while it runs, such as "37% of 41 MB". */
export type Report = (detail: string) => void;

interface RunningStep {
  readonly title: string;
  readonly startedMs: number;
  detail: string;
}

const REDRAW_MS = 120;
/** Where lines stay, only a step that takes long says again that it goes on. */
const REMIND_MS = 10_000;
const FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

/**
 * Steps on a terminal: those that run are redrawn in place with their time, those that ended stay. Elsewhere (a pipe, CI) a line when a
 * step begins and one when it ends.
 */
export class Steps {
  readonly #out: NodeJS.WriteStream;
  readonly #running: RunningStep[] = [];
  #timer: NodeJS.Timeout | null = null;
  #drawnLines = 0;
  #frame = 0;

  constructor(out: NodeJS.WriteStream = process.stdout) {
    this.#out = out;
  }

  /** Runs one step; several may run at once. `act` may return what to add to the line that stays. */
  async run<T>(title: string, act: (report: Report) => Promise<T>, done?: (result: T) => string): Promise<T> {
    const step: RunningStep = { title, startedMs: Date.now(), detail: "" };
    this.#begin(step);
    try {
      const result = await act((detail) => {
        step.detail = detail;
      });
      this.#end(step, "✓", done?.(result) ?? title);
      return result;
    } catch (error) {
      this.#end(step, "✗", title);
      throw error;
    }
  }

  /** A line that stays. */
  print(line: string): void {
    this.#clear();
    this.#out.write(`${line}\n`);
    this.#draw();
  }

  #begin(step: RunningStep): void {
    this.#running.push(step);
    if (!this.#out.isTTY) this.#out.write(`  … ${step.title}\n`);
    this.#timer ??= setInterval(() => this.#tick(), this.#out.isTTY ? REDRAW_MS : REMIND_MS);
    this.#draw();
  }

  #end(step: RunningStep, mark: string, text: string): void {
    this.#clear();
    this.#running.splice(this.#running.indexOf(step), 1);
    this.#out.write(`  ${mark} ${text}  ${seconds(step)}\n`);
    if (this.#running.length === 0 && this.#timer) {
      clearInterval(this.#timer);
      this.#timer = null;
    }
    this.#draw();
  }

  #tick(): void {
    if (this.#out.isTTY) {
      this.#frame++;
      this.#clear();
      this.#draw();
    } else {
      for (const step of this.#running) this.#out.write(`  … ${line(step)}\n`);
    }
  }

  #draw(): void {
    if (!this.#out.isTTY) return;
    const frame = FRAMES[this.#frame % FRAMES.length];
    const lines = this.#running.map((step) => `  ${frame} ${line(step)}`.slice(0, this.#out.columns));
    for (const text of lines) this.#out.write(`${text}\n`);
    this.#drawnLines = this.#running.length;
  }

  /** Takes back what `#draw` drew. */
  #clear(): void {
    if (this.#drawnLines > 0) this.#out.write(`\u001b[${this.#drawnLines}A\u001b[0J`);
    this.#drawnLines = 0;
  }
}

function line(step: RunningStep): string {
  return `${step.title}${step.detail ? `: ${step.detail}` : ""}  ${seconds(step)}`;
}

function seconds({ startedMs }: RunningStep): string {
  return `${((Date.now() - startedMs) / 1000).toFixed(1)} s`;
}
