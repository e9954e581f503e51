import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { configFile, keysOf, refusal, settingsDirectory } from "#scripts/testing/refused-settings.ts";
import { loadSettings } from "../settings.ts";

describe("several clusters by file", () => {
  test("Kafka's own property names, references to the environment, our own keys", () => {
    const path = configFile(`
clusters:
  - name: dev
    bootstrap.servers: [kafka-1:9092, kafka-2:9092]
  - name: prod-eu
    displayName: Production EU
    production: true
    readOnly: true
    bootstrap.servers: \${PROD_BROKERS}
    security.protocol: SASL_SSL
    sasl.mechanism: SCRAM-SHA-256
    sasl.jaas.config: org.apache.kafka.common.security.scram.ScramLoginModule required username="ops" password="\${PROD_PASSWORD}";
    ssl.endpoint.identification.algorithm: ""
    client.id: tailrace-eu
`);
    const password = `p"a\\s's;`;
    const { clusters } = loadSettings({ TAILRACE_CONFIG: path, PROD_BROKERS: "p:1,q:2", PROD_PASSWORD: password });
    expect(clusters).toMatchObject([
      { name: "dev", displayName: "dev", bootstrapServers: ["kafka-1:9092", "kafka-2:9092"], sasl: null, tls: null },
      {
        name: "prod-eu",
        displayName: "Production EU",
        production: true,
        readOnly: true,
        bootstrapServers: ["p:1", "q:2"],
        clientId: "tailrace-eu",
        sasl: { mechanism: "SCRAM-SHA-256", username: "ops", password },
        tls: { verifyHostname: false },
      },
    ]);
  });

  test("each cluster says for itself what happens to a change that can't be recorded, and where it is", () => {
    const path = configFile(`
clusters:
  - {name: dev, bootstrap.servers: "d:1", audit: off}
  - {name: test, bootstrap.servers: "t:1"}
  - {name: prod, bootstrap.servers: "p:1", audit: required, changesTopic: ops.changes}
`);
    expect(loadSettings({ TAILRACE_CONFIG: path }).clusters).toMatchObject([
      { audit: "off", changesTopic: "_tailrace_changes" },
      { audit: "best-effort", changesTopic: "_tailrace_changes" },
      { audit: "required", changesTopic: "ops.changes" },
    ]);
    const wrong = configFile(
      'clusters:\n  - {name: a, bootstrap.servers: "a:1", audit: no}\n  - {name: b, bootstrap.servers: "b:1", changesTopic: a b}\n',
    );
    expect(keysOf({ TAILRACE_CONFIG: wrong })).toEqual(["clusters[0].audit", "clusters[1].changesTopic"]);
  });

  test("a whole JAAS config, and a bare value, may be references", () => {
    const path = configFile(`
clusters:
  - {name: a, bootstrap.servers: "a:1", security.protocol: SASL_PLAINTEXT, sasl.mechanism: PLAIN, sasl.jaas.config: "\${JAAS}"}
  - {name: b, bootstrap.servers: "b:1", security.protocol: SASL_PLAINTEXT, sasl.mechanism: PLAIN, sasl.jaas.config: "org.apache.kafka.common.security.plain.PlainLoginModule required username=u password=\${PASS};"}
`);
    const JAAS = `org.apache.kafka.common.security.plain.PlainLoginModule required username='u' password="x y";`;
    const { clusters } = loadSettings({ TAILRACE_CONFIG: path, JAAS, PASS: `a "b;` });
    expect(clusters.map((one) => one.sasl?.password)).toEqual(["x y", `a "b;`]);
  });

  test("values stay as they are written: digits, zeros in front, words that YAML has a meaning for", () => {
    const passwords = ["12345678901234567890", "0042", "1e3", "0x1F", "yes", "1.50"];
    const path = configFile(
      `clusters:\n${passwords
        .map(
          (password, index) =>
            `  - {name: c${index}, bootstrap.servers: "k:1", security.protocol: SASL_SSL, sasl.mechanism: PLAIN, sasl.username: 007, sasl.password: ${password}, client.id: }\n`,
        )
        .join("")}`,
    );
    const { clusters } = loadSettings({ TAILRACE_CONFIG: path });
    expect(clusters.map(({ sasl }) => sasl)).toEqual(
      passwords.map((password) => ({ mechanism: "PLAIN", username: "007", password })),
    );
    // A key without a value isn't set.
    expect(clusters[0]?.clientId).toBe("tailrace");
  });

  test("what several clusters share may stand once", () => {
    const path = configFile(`
clusters:
  - &shared {name: a, bootstrap.servers: &where "k:1", readOnly: True}
  - {<<: *shared, name: b}
  - {name: c, bootstrap.servers: *where}
`);
    const { clusters } = loadSettings({ TAILRACE_CONFIG: path });
    expect(clusters.map(({ name, bootstrapServers, readOnly }) => [name, bootstrapServers[0], readOnly])).toEqual([
      ["a", "k:1", true],
      ["b", "k:1", true],
      ["c", "k:1", false],
    ]);
  });

  test.each([
    ["an alias without its anchor", "clusters:\n  - name: *s3cret\n"],
    [
      "aliases that would blow the file up",
      `clusters:\n  - &s3cret0 [x]\n${Array.from({ length: 20 }, (_, n) => `  - &s3cret${n + 1} [*s3cret${n}, *s3cret${n}]\n`).join("")}`,
    ],
  ])("%s: refused in words", (_, text) => {
    const error = refusal({ TAILRACE_CONFIG: configFile(text) });
    expect(error.problems.map(({ key, wrong }) => [key, wrong])).toEqual([
      ["TAILRACE_CONFIG", expect.stringContaining("alias")],
    ]);
    expect(error.message).not.toContain("s3cret");
  });

  test("unknown keys, missing references, repeated names, PEM that is none", () => {
    const path = configFile(`
clusters:
  - name: dev
    bootstrap.server: kafka-1:9092
    bootstrap.servers: \${NOWHERE}
    security.protocol: SSL
    ssl.truststore.location: clusters.yaml
  - name: dev
    bootstrap.servers: a:1
    sasl.username: u
`);
    expect(refusal({ TAILRACE_CONFIG: path }).problems.map(({ key, right }) => [key, right.slice(0, 40)])).toEqual([
      ["clusters[0].bootstrap.server", "Did you mean bootstrap.servers?"],
      ["clusters[0].bootstrap.servers", "Set NOWHERE for this server, or write th"],
      ["clusters[0].bootstrap.servers", "Give one or more, such as kafka-1:9092,k"],
      ["clusters[0].ssl.truststore.location", "Java key stores (JKS, PKCS12) aren't rea"],
      ["clusters[1].sasl.username", "Set security.protocol to SASL_PLAINTEXT "],
      ["clusters[1].name", "Give each cluster its own."],
    ]);
  });

  test("a file that is missing, empty or no YAML is named without being quoted", () => {
    expect(keysOf({ TAILRACE_CONFIG: join(settingsDirectory, "nowhere.yaml") })).toEqual(["TAILRACE_CONFIG"]);
    expect(keysOf({ TAILRACE_CONFIG: configFile("") })).toEqual(["TAILRACE_CONFIG"]);
    const error = refusal({ TAILRACE_CONFIG: configFile('clusters:\n  - sasl.password: "s3cret-value\n   x: [') });
    expect(error.message).toContain("line");
    expect(error.message).not.toContain("s3cret");
  });

  test("both a file and brokers is one too many", () => {
    expect(keysOf({ TAILRACE_CONFIG: "x.yaml", KAFKA_BROKERS: "k:9092" })).toEqual(["KAFKA_BROKERS"]);
  });

  test("what is said of one cluster is refused beside a file: no cluster would heed it", () => {
    const path = configFile('clusters:\n  - {name: a, bootstrap.servers: "a:1"}\n');
    const { problems } = refusal({
      TAILRACE_CONFIG: path,
      TAILRACE_CLUSTER_NAME: "prod",
      TAILRACE_READ_ONLY: "true",
      TAILRACE_PRODUCTION: "true",
      TAILRACE_AUDIT: "required",
      TAILRACE_CHANGES_TOPIC: "ops.changes",
      TAILRACE_LOG_DIRS: "off",
    });
    expect(problems.map(({ key, right }) => [key, right.split(" ", 2)[1]])).toEqual([
      ["TAILRACE_CLUSTER_NAME", "name"],
      ["TAILRACE_READ_ONLY", "readOnly"],
      ["TAILRACE_PRODUCTION", "production"],
      ["TAILRACE_AUDIT", "audit"],
      ["TAILRACE_CHANGES_TOPIC", "changesTopic"],
      ["TAILRACE_LOG_DIRS", "logDirs"],
    ]);
    const unset = { TAILRACE_READ_ONLY: "", TAILRACE_LOG_DIRS: " " };
    expect(() => loadSettings({ TAILRACE_CONFIG: path, ...unset })).not.toThrow();
  });
});
