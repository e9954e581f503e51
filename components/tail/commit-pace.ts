/** After a commit the list rests so many times as long as the commit took, painting included. */
const REST_PER_COST = 2;
/** A stall of the machine is no measure of a commit: never slower than about ten a second. */
const MAX_COST_MS = 50;

/**
 * When the list is drawn: at most once an animation frame, and less often where drawing is dear, so that keys, clicks and the
 * stream get their turn. What comes after a quiet moment is drawn with the very next frame. A hidden tab has no frames: what
 * came meanwhile is drawn when it is shown.
 */
export function commitPace(): (flush: () => void) => void {
  const painted = new MessageChannel();
  let beganAt = 0;
  let doneAt = 0;
  let costMs = 0;
  painted.port1.onmessage = () => {
    doneAt = performance.now();
    costMs = Math.min(MAX_COST_MS, doneAt - beganAt);
  };
  return (flush) => {
    const onFrame = () => {
      const now = performance.now();
      if (now - doneAt < costMs * REST_PER_COST) {
        requestAnimationFrame(onFrame);
        return;
      }
      beganAt = now;
      flush();
      // Comes when this frame's layout and painting are done.
      painted.port2.postMessage(null);
    };
    requestAnimationFrame(onFrame);
  };
}
