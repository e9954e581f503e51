const mechanismsByModule = {
  "org.apache.kafka.common.security.plain.PlainLoginModule": "PLAIN",
  "org.apache.kafka.common.security.scram.ScramLoginModule": "SCRAM",
} as const;

export interface JaasLogin {
  readonly family: "PLAIN" | "SCRAM";
  readonly username: string;
  readonly password: string;
}

/**
 * Reads Kafka's `sasl.jaas.config`: `<LoginModule> required username="…" password="…";`, values quoted or bare, with
 * backslash escapes inside quotes as Java's parser has them.
 * @returns null when it isn't of that form, or a login module that Tailrace doesn't speak
 */
export function parseJaas(text: string): JaasLogin | null {
  const form = /^\s*([\w.$]+)\s+(?:required|requisite|sufficient|optional)\s+([\s\S]*?);?\s*$/.exec(text);
  const module = form?.[1] ?? "";
  if (!isKnownModule(module)) return null;
  const options = new Map<string, string>();
  const pair = /\s*([\w.]+)\s*=\s*(?:"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'|([^\s"';]+))/gy;
  const rest = form?.[2] ?? "";
  for (let match = pair.exec(rest); match !== null; match = pair.exec(rest)) {
    const quoted = match[2] ?? match[3];
    options.set(match[1] ?? "", quoted === undefined ? (match[4] ?? "") : quoted.replace(/\\([\s\S])/g, "$1"));
  }
  const username = options.get("username");
  const password = options.get("password");
  if (username === undefined || password === undefined) return null;
  return { family: mechanismsByModule[module], username, password };
}

function isKnownModule(module: string): module is keyof typeof mechanismsByModule {
  return Object.hasOwn(mechanismsByModule, module);
}
