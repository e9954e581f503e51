import { ProblemError } from "#lib/problem.ts";
import { codeProblem } from "../kafka/kafka-problem.ts";
import type { Produced } from "../kafka/produce.ts";

const TOO_LARGE = new Set([10, 18]);
const NOT_ENOUGH_REPLICAS = 19;
const NOT_ENOUGH_REPLICAS_AFTER_APPEND = 20;
const TIMED_OUT = 7;
/** Corrupt, invalid timestamp, unsupported for the format, a policy's no, invalid record. */
const REFUSED = new Set([2, 32, 43, 44, 87]);

/** Why a leader did not take a message, as a problem. Error codes: https://kafka.apache.org/protocol#protocol_error_codes */
export function refusedMessage(
  topic: string,
  partition: number,
  { errorCode, errorMessage }: Pick<Produced, "errorCode" | "errorMessage">,
): ProblemError {
  const where = `${topic}-${partition}`;
  const said = errorMessage === null ? "" : ` It said: ${errorMessage}`;
  if (TOO_LARGE.has(errorCode)) {
    return new ProblemError(
      "message-refused",
      `The message is larger than ${topic} allows. Raise max.message.bytes of the topic, or send a smaller one.${said}`,
    );
  }
  if (errorCode === NOT_ENOUGH_REPLICAS) {
    return new ProblemError(
      "message-refused",
      `${where} has fewer replicas in sync than its min.insync.replicas: nothing was stored. Bring its brokers back, and send it again.${said}`,
    );
  }
  if (errorCode === NOT_ENOUGH_REPLICAS_AFTER_APPEND) {
    return new ProblemError(
      "message-refused",
      `The leader of ${where} stored the message, but too few replicas were in sync to confirm it: it may be lost yet. Look at the partition's newest messages before sending it again.${said}`,
    );
  }
  if (errorCode === TIMED_OUT) {
    return new ProblemError(
      "deadline-exceeded",
      `The leader of ${where} stored the message, but its replicas did not confirm it in time. Look at the partition's newest messages before sending it again.${said}`,
    );
  }
  if (REFUSED.has(errorCode)) {
    return new ProblemError(
      "message-refused",
      errorMessage === null
        ? `The leader of ${where} refused the message (error ${errorCode}). Look at the topic's configs.`
        : `The leader of ${where} refused the message: ${errorMessage}`,
    );
  }
  const asking = { what: `a message to ${where}`, needs: `Write on Topic ${topic}` };
  return codeProblem(errorCode, errorMessage, asking) ?? new ProblemError("kafka-refused", `${where} did not answer.`);
}
