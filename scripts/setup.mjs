// `node scripts/setup.mjs start` (or `test`): brings the dependencies up to date, then runs scripts/start.ts on the pinned Node.
// It runs on whatever Node the machine has, before anything is installed: plain JavaScript, no dependencies.
//
// Two commands in one npm script would not do: a shell remembers where it found the first `node`, and would run the second one, that
// needs the pinned Node, on the machine's.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const OLDEST_NODE = [20, 19];
/** Runs TypeScript directly; what a platform without a pinned Node must have. */
const OLDEST_NODE_WITHOUT_PINNED = 24;
const PARENT_POLL_MS = 200;
const PROGRESS_MS = 1_000;
const OUTPUT_TAIL_CHARS = 4_000;

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const readJson = (path) => JSON.parse(readFileSync(join(root, path), "utf8"));

const task = process.argv[2] ?? "";
const script = join(root, "scripts", `${task}.ts`);
const rest = process.argv.slice(3);

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  fail(
    `Tailrace needs Node ${OLDEST_NODE.join(".")} or newer to install itself; this is ${process.version}. Get one at https://nodejs.org.`,
  );
}
if (!/^[a-z]+$/.test(task) || !existsSync(script)) fail("Usage: node scripts/setup.mjs start|test");

const parent = process.ppid;
let child = null;
let stopped = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
// SIGTERM to npm's own pid ends only npm and its shell.
const watch = setInterval(() => process.ppid !== parent && stop(), PARENT_POLL_MS);
watch.unref();

if (!dependenciesAreCurrent()) await installDependencies();
const node = pinnedNode();
if (node === null && major < OLDEST_NODE_WITHOUT_PINNED) {
  fail(
    `There is no pinned Node for ${process.platform} ${process.arch}: install Node ${OLDEST_NODE_WITHOUT_PINNED} or newer yourself; this is ${process.version}.`,
  );
}
if (stopped) process.exit(1);
if (node === null || process.version === node.version) {
  clearInterval(watch);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeListener(signal, stop);
  process.argv.splice(1, 2, script);
  await import(pathToFileURL(script).href);
} else {
  child = spawn(node.path, [script, ...rest], { stdio: "inherit" });
  child.on("error", (error) => fail(`Could not run ${node.path}: ${error.message}`));
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

/** npm notes in node_modules what it installed; it is current when it says the same as package-lock.json, as far as this platform goes. */
function dependenciesAreCurrent() {
  if (!existsSync(join(root, "node_modules", ".package-lock.json"))) return false;
  const wanted = readJson("package-lock.json").packages;
  const installed = readJson("node_modules/.package-lock.json").packages;
  return Object.entries(wanted).every(([path, entry]) => {
    const have = installed[path]?.version;
    if (path === "" || have === entry.version) return true;
    if (have !== undefined) return false;
    return (
      entry.optional === true && (!fits(entry.os, process.platform) || !fits(entry.cpu, process.arch) || !isNode(path))
    );
  });
}

/** Optional packages other than the pinned Node may be missing: npm leaves out what does not run here. */
function isNode(path) {
  return Object.keys(nodePackages()).some((name) => path === `node_modules/${name}`);
}

function fits(allowed, actual) {
  return allowed === undefined || allowed.includes(actual);
}

/** `npm ci`, every developer's tool included: `npm start` builds, and NODE_ENV may be production. */
async function installDependencies() {
  const startedMs = Date.now();
  const seconds = () => `${Math.round((Date.now() - startedMs) / 1000)} s`;
  const title = "Installing dependencies (npm ci)";
  const isTerminal = process.stdout.isTTY === true;
  if (!isTerminal) console.log(`  … ${title}`);
  const progress = setInterval(() => isTerminal && process.stdout.write(`\r  … ${title}  ${seconds()}`), PROGRESS_MS);
  const args = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath;
  child = npm
    ? spawn(process.execPath, [npm, ...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"] })
    : spawn("npm", args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
  let output = "";
  const keep = (chunk) => {
    output = (output + chunk).slice(-OUTPUT_TAIL_CHARS);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const code = await new Promise((resolve) => {
    child.on("error", (error) => {
      keep(error.message);
      resolve(1);
    });
    child.on("exit", resolve);
  });
  child = null;
  clearInterval(progress);
  if (isTerminal) process.stdout.write("\r\u001b[2K");
  if (stopped) process.exit(1);
  if (code !== 0) fail(`npm ci failed after ${seconds()}:\n${output.trim()}`);
  console.log(`  ✓ Dependencies installed  ${seconds()}`);
}

/** The packages that carry Node itself, pinned in package.json, by name. */
function nodePackages() {
  return readJson("package.json").optionalDependencies ?? {};
}

/** Where this platform's pinned Node is, null when there is none for it. */
function pinnedNode() {
  for (const [name, version] of Object.entries(nodePackages())) {
    if (!existsSync(join(root, "node_modules", name, "package.json"))) continue;
    const { bin, os, cpu } = readJson(`node_modules/${name}/package.json`);
    const file = typeof bin === "string" ? bin : bin?.node;
    if (file && fits(os, process.platform) && fits(cpu, process.arch)) {
      return { path: join(root, "node_modules", name, file), version: `v${version}` };
    }
  }
  return null;
}

function stop() {
  if (stopped) return;
  stopped = true;
  // The terminal's Ctrl-C reached the child too; a signal to our pid or our parent's end did not.
  if (child) child.kill("SIGTERM");
  else process.exit(1);
}

function fail(message) {
  console.error(`\n${message}`);
  process.exit(1);
}
