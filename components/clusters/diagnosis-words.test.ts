import { expect, test } from "vitest";
import type { Diagnosis } from "#lib/contracts/clusters.ts";
import { brokenAt, diagnosisHeadline, diagnosisSummary } from "./diagnosis-words.ts";

type Chain = Diagnosis["chains"][number];
type Step = Chain["steps"][number];

const links: readonly Step["link"][] = ["dns", "tcp", "tls", "sasl", "api-versions", "metadata"];
const chain = (failing: Step["link"] | null, role: Chain["role"] = "bootstrap"): Chain => ({
  target: "kafka-1:9092",
  role,
  brokerId: null,
  steps: links.map((link, index) => ({
    link,
    subject: "",
    outcome:
      failing === null || index < links.indexOf(failing)
        ? "ok"
        : link === failing
          ? "failed"
          : link === "tls"
            ? "not-used"
            : "not-reached",
    detail: "",
    remedy: null,
    tookMs: null,
  })),
});
const diagnosis = (...chains: Chain[]): Diagnosis => ({
  healthy: chains.every((each) => brokenAt(each) === -1),
  verdict: "The server's verdict.",
  chains,
  observedAtMs: 0,
});
const headline = (...chains: Chain[]) => diagnosisHeadline(diagnosis(...chains), "Payments");

test("the headline says how far one comes", () => {
  expect(headline(chain(null))).toBe("Payments can be reached");
  expect(headline(chain("dns"))).toBe("Payments can't be reached");
  expect(headline(chain("tcp"), chain("tcp"))).toBe("Payments can't be reached");
  expect(headline(chain("tls"))).toBe("Payments can't be used");
  expect(headline(chain("sasl"), chain("sasl"))).toBe("Payments refuses the login");
  expect(headline(chain("sasl"), chain("tcp"))).toBe("Payments can't be used");
  expect(headline(chain(null), chain("dns", "advertised"))).toBe(
    "Payments answers, but not every broker can be reached",
  );
});

test("a single chain tells its cause itself; of several the first to mend is named", () => {
  expect(diagnosisSummary(diagnosis(chain("sasl")))).toBe("The chain ends at SASL.");
  expect(diagnosisSummary(diagnosis(chain("tcp"), chain("tcp")))).toBe("The server's verdict.");
  expect(diagnosisSummary(diagnosis(chain(null)))).toBe("The server's verdict.");
});

test("a chain ends at its first failure, though a later link is not used", () => {
  expect(brokenAt(chain("tcp"))).toBe(1);
  expect(brokenAt(chain(null))).toBe(-1);
});
