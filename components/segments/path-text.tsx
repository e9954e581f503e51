import { Fragment } from "react";

/** Longer names than these may break anywhere. */
const MAX_WHOLE_CHARS = 24;

/** A path that wraps behind its slashes: "node-3" stays whole. */
export function PathText({ path }: { path: string }) {
  return (
    <span className="mono">
      {path.split(/(?<=\/)/).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the path
        <Fragment key={index}>
          {index > 0 && <wbr />}
          <span className={part.length <= MAX_WHOLE_CHARS ? "whitespace-nowrap" : "[overflow-wrap:anywhere]"}>
            {part}
          </span>
        </Fragment>
      ))}
    </span>
  );
}
