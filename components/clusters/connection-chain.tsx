import { cn } from "#components/ui/cn.ts";
import { Glyph, type GlyphShape } from "#components/ui/glyph.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { Diagnosis } from "#lib/contracts/clusters.ts";
import { brokenAt, linkNames } from "./diagnosis-words.ts";

type Chain = Diagnosis["chains"][number];
type Step = Chain["steps"][number];

const outcomes: Record<Step["outcome"], { glyph: GlyphShape; word: string }> = {
  ok: { glyph: "tick", word: "works" },
  failed: { glyph: "octagon", word: "fails" },
  "not-used": { glyph: "dash", word: "not used" },
  "not-reached": { glyph: "ring", word: "not reached" },
};

/** One way from this server to a listener, link by link; the line breaks where the chain does. */
export function ConnectionChain({ chain }: { chain: Chain }) {
  const breaksAt = brokenAt(chain);
  const failed = chain.steps[breaksAt];
  const title = chain.role === "bootstrap" ? "Bootstrap server" : `Broker ${chain.brokerId ?? "?"} advertises`;
  return (
    <section
      aria-label={`${title} ${chain.target}`}
      className="grid gap-x-6 gap-y-2 border-line border-b py-4 lg:grid-cols-[220px_minmax(0,1fr)]"
    >
      <div className="min-w-0">
        <h2 className="flex items-center gap-2 text-13">
          <Glyph shape={failed ? "octagon" : "tick"} label={failed ? "fails" : "works"} />
          {title}
        </h2>
        <p className="mono pl-[22px] [overflow-wrap:anywhere] leading-5 text-ink-2">{addressParts(chain.target)}</p>
      </div>
      <div className="min-w-0">
        <ol className="md:grid md:auto-cols-fr md:grid-flow-col">
          {chain.steps.map((step, index) => (
            <ChainLink
              // A chain may meet a link twice (a bootstrap server and its metadata): its place tells them apart.
              // biome-ignore lint/suspicious/noArrayIndexKey: the order of a chain is its identity
              key={`${step.link}-${index}`}
              step={step}
              subject={isTarget(step.subject, chain.target) ? null : step.subject}
              beyond={failed !== undefined && index > breaksAt}
              last={index === chain.steps.length - 1}
            />
          ))}
        </ol>
        {failed && (
          <Notice tone="crit" title={failed.detail} className="mt-3">
            {failed.remedy}
          </Notice>
        )}
      </div>
    </section>
  );
}

/** A long host breaks before its port, and only then within. */
function addressParts(address: string) {
  const port = address.lastIndexOf(":");
  return (
    <>
      {address.slice(0, port)}
      <wbr />
      {address.slice(port)}
    </>
  );
}

/** The chain's own address stands at its head: links needn't repeat it. */
function isTarget(subject: string, target: string): boolean {
  return subject === "" || subject === target || target.startsWith(`${subject}:`);
}

interface ChainLinkProps {
  step: Step;
  /** What it was tried on, when that isn't the chain's own address. */
  subject: string | null;
  /** Behind the link that failed. */
  beyond: boolean;
  last: boolean;
}

function ChainLink({ step, subject, beyond, last }: ChainLinkProps) {
  const { glyph, word } = outcomes[step.outcome];
  const holds = !beyond && step.outcome !== "failed";
  return (
    <li className="relative grid grid-cols-[14px_minmax(0,1fr)] gap-x-2.5 pb-3 last:pb-0 md:block md:pr-4 md:pb-0">
      {!last && (
        <span
          aria-hidden
          className={cn(
            "absolute max-md:top-5 max-md:bottom-0 max-md:left-[6.5px] max-md:border-l",
            "md:top-[7px] md:right-1 md:left-[20px] md:border-t",
            holds ? "border-control" : "border-line-strong border-dashed",
          )}
        />
      )}
      <Glyph shape={glyph} className="relative max-md:mt-[3px]" />
      <div className="min-w-0 md:mt-1.5">
        <div className="flex items-baseline gap-2">
          <span className={cn("font-medium", beyond && "text-ink-3")}>{linkNames[step.link]}</span>
          {step.outcome !== "ok" && (
            <span className={cn("text-12", step.outcome === "failed" ? "text-crit" : "text-ink-3")}>{word}</span>
          )}
          {step.outcome === "ok" && <span className="sr-only">{word}</span>}
          {step.tookMs !== null && step.outcome !== "not-used" && (
            <span className="whitespace-nowrap text-12 text-ink-3">{formatTook(step.tookMs)}</span>
          )}
        </div>
        {!beyond && subject !== null && <p className="mono break-words text-ink-2">{subject}</p>}
        {holds && step.detail !== "" && <p className="text-pretty break-words text-12 text-ink-3">{step.detail}</p>}
      </div>
    </li>
  );
}

function formatTook(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)}\u00a0ms` : `${Math.round(ms)}\u00a0ms`;
}
