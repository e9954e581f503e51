import type { LocateStep } from "#lib/contracts/segment-look-ups.ts";
import { BatchStrip } from "./batch-strip.tsx";
import { LookedSegments } from "./looked-segments.tsx";
import { ProbeChart } from "./probe-chart.tsx";
import { StepFrame } from "./step-frame.tsx";
import { type LookUp, stepWords } from "./step-words.ts";

/** A look-up as it was made, step by step. */
export function LookUpSteps(lookUp: LookUp) {
  return (
    <ol aria-label="Steps of the look-up">
      {lookUp.steps.map((step, index) => (
        <StepFrame
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
          key={index}
          number={index + 1}
          words={stepWords(lookUp, index)}
          cost={step}
        >
          <Drawn step={step} />
        </StepFrame>
      ))}
    </ol>
  );
}

function Drawn({ step }: { step: LocateStep }) {
  if (step.step === "segment") return <LookedSegments step={step} />;
  if (step.step === "scan") return <BatchStrip step={step} />;
  return step.step === "record" ? null : <ProbeChart step={step} />;
}
