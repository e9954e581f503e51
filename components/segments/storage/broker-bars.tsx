import Link from "next/link";
import { cn } from "#components/ui/cn.ts";
import { Bytes, Unknown } from "#components/ui/quantity.tsx";
import { formatBytes, formatCount, plural } from "#lib/format.ts";
import { brokerHref } from "#lib/hrefs.ts";
import { type BrokerShare, type BrokerSkew, brokerSkewSentence, times } from "./skew.ts";
import type { Replica } from "./storage-model.ts";

interface BrokerBarsProps {
  cluster: string;
  skew: BrokerSkew;
  replicas: readonly Replica[];
}

/** More than fit beside the partitions; the others are summed up in a line. */
const MAX_BARS = 8;

/** Bytes by broker against the even share, fullest first. */
export function BrokerBars({ cluster, skew, replicas }: BrokerBarsProps) {
  const { brokers, evenBytes } = skew;
  const widest = brokers[0]?.held.bytes ?? 0n;
  const rest = brokers.slice(MAX_BARS);
  const even = evenBytes === null || widest === 0n ? null : Number((evenBytes * 1_000n) / widest) / 10;
  return (
    <section aria-labelledby="storage-by-broker" className="min-w-0 px-gutter pt-3 pb-4">
      <h2 id="storage-by-broker">By broker</h2>
      <p className="mt-0.5 text-pretty text-ink-2">{brokerSkewSentence(skew, replicas)}</p>
      <div className="mt-3 grid grid-cols-[auto_minmax(40px,1fr)_auto_auto] items-center gap-x-3">
        {even !== null && brokers.length > 1 && (
          <p className="relative col-start-2 h-4 text-11 text-ink-3" aria-hidden>
            <span
              className="absolute bottom-0.5 whitespace-nowrap"
              style={even > 50 ? { right: `${100 - even}%` } : { left: `${even}%` }}
            >
              even share {formatBytes(evenBytes)}
            </span>
          </p>
        )}
        <ul className="contents">
          {brokers.slice(0, MAX_BARS).map((share) => (
            <li key={share.brokerId} className="col-span-full grid h-6 grid-cols-subgrid items-center">
              <Link href={brokerHref(cluster, share.brokerId)} className="link-quiet whitespace-nowrap">
                Broker {share.brokerId}
              </Link>
              <Bar share={share} widest={widest} even={brokers.length > 1 ? even : null} />
              <span className="text-right">
                <Bytes value={share.held.bytes} atLeast={share.held.isLowerBound && share.held.bytes !== null} />
              </span>
              <span className="whitespace-nowrap text-right text-ink-3">
                <span className="max-sm:hidden">{plural(share.replicas, "replica")} · </span>
                {share.ofEvenPercent === null ? (
                  <Unknown />
                ) : (
                  <span className="text-ink" title="of the even share">
                    {times(share.ofEvenPercent)}
                    <span className="sr-only"> the even share</span>
                  </span>
                )}
              </span>
            </li>
          ))}
        </ul>
      </div>
      {rest.length > 0 && (
        <p className="mt-1 text-12 text-ink-3">
          {formatCount(rest.length)} more hold at most {formatBytes(rest[0]?.held.bytes)} each.
        </p>
      )}
    </section>
  );
}

function Bar({ share, widest, even }: { share: BrokerShare; widest: bigint; even: number | null }) {
  const { bytes, isLowerBound } = share.held;
  const percent = bytes === null || widest === 0n ? 0 : Number((bytes * 1_000n) / widest) / 10;
  return (
    <span aria-hidden className="relative block h-3.5 bg-line/60">
      <span className={cn("block h-full", isLowerBound ? "hatch" : "bg-mark")} style={{ width: `${percent}%` }} />
      {even !== null && (
        <span className="absolute -inset-y-[5px] border-ink-2 border-l border-dashed" style={{ left: `${even}%` }} />
      )}
    </span>
  );
}
